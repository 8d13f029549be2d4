"""How often links were followed, where staff have switched counting on; never by whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsletter import links
from newsletter.content import pieces
from newsletter.models import Issue
from newsroom.lib import robots

RUSH = timedelta(seconds=60)  # filters of mail servers look into what comes in at once


@dataclass(frozen=True)
class Visit:
    """All that is looked at, and nothing of it is kept."""

    method: str
    agent: str
    at: datetime


def destination(issue: Issue, link: int) -> str | None:
    """Where link `link` of the frozen letter leads; "" for the one that no person sees."""
    if not issue.content or not issue.content["go"]:
        return None
    found = links.destinations(issue.content)
    return [*found, ""][link] if link <= len(found) else None


def is_robot(visit: Visit, issue: Issue) -> bool:
    """Whether it is likely one; mistakes are counted, not denied."""
    in_rush = issue.started_at is not None and visit.at < issue.started_at + RUSH
    return visit.method == "HEAD" or in_rush or robots.is_program(visit.agent)


@dataclass(frozen=True)
class Followed:
    url: str  # "" for the one that no person sees
    name: str  # the piece's headline, or the address
    n_people: int
    n_robots: int


def followed(issue: Issue) -> list[Followed]:
    """Each link of the letter, in order, and how often it was followed; none if not counted."""
    if not issue.content or not issue.content["go"]:
        return []
    people: Counter[int] = Counter()
    robots: Counter[int] = Counter()
    for link, n_people, n_robots in issue.clicks.values_list("link", "n_people", "n_robots"):
        people[link] += n_people
        robots[link] += n_robots
    headlines = {piece["url"]: piece["headline"] for piece in pieces(issue.content)}
    headlines[""] = "A link that people cannot see"
    found = enumerate([*links.destinations(issue.content), ""])
    return [Followed(url, headlines.get(url, url), people[n], robots[n]) for n, url in found]
