"""All that readers may meet, ready to be put into pages."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils import timezone

from donations import links, models
from donations.money import written
from newsroom.lib.reading import source
from newsroom.models import Publication

# One round trip: a page must never wait for a database that is busy with appeals.
READ = """
    SET LOCAL statement_timeout = 150; -- milliseconds that a page waits for its appeals
    SELECT content FROM donations_board WHERE id = 1;
    SET LOCAL statement_timeout = DEFAULT
"""


class Rules(TypedDict):
    """Times in milliseconds, holdback in percent; pauses as [from, until)."""

    cap: int
    period: int
    gap: int
    skip: int
    holdback: int
    pauses: list[list[int]]
    no_tags: list[str]
    off: list[str]


class Amount(TypedDict):
    label: str
    url: str


class Variant(TypedDict):
    id: int
    heading: str
    text: str  # clean HTML
    button: str
    url: str
    amounts: list[Amount]
    weight: int


class Goal(TypedDict):
    """raised and target as readers see them; share of 100, at most 100. until: not shown after."""

    name: str
    raised: str
    target: str
    share: int
    as_of: int
    until: int


Appeal = TypedDict(
    "Appeal",
    {
        "id": int,
        "slot": str,
        "from": int,  # milliseconds since 1970
        "until": int,
        "lapse": int | None,  # when the first of its claims lapses
        "device": str,
        "only": dict[str, list[str]],
        "never": dict[str, list[str]],
        "variants": list[Variant],
        "tax": str,  # one line of clean HTML
        "goal": Goal | None,
    },
)


class Content(TypedDict):
    """Appeals in order of precedence: whose turn it is first comes first."""

    rules: Rules
    appeals: list[Appeal]


def read() -> Content | None:
    """The board as last written; None before anybody used appeals. 1 query.

    Raises DatabaseError if it cannot be read in time.
    """
    with source().cursor() as cursor:
        cursor.execute(READ)
        cursor.nextset()
        row = cursor.fetchone()
        return loaded(row[0]) if row else None


def rebuild(at: datetime | None = None) -> None:
    """Write the board anew, from all rows as they stand; called by every change, inside of it.

    Locks the board, so that of two changes at once the later one sees what the earlier one did.
    """
    at = at or timezone.now()
    models.Board.objects.get_or_create(pk=1, defaults={"built_at": at})
    models.Board.objects.select_for_update().get(pk=1)
    models.Board.objects.filter(pk=1).update(content=build(at), built_at=at)


def build(at: datetime) -> Content:
    """What readers may meet from `at` on; 6 queries."""
    return {"rules": rules(at), "appeals": appeals(at, Publication.current_zone())}


def rules(at: datetime) -> Rules:
    row = models.Rules.current()
    pauses = models.Pause.objects.filter(ends_at__gt=at).order_by("starts_at")
    return {
        "cap": row.cap,
        "period": milliseconds(timedelta(days=row.period_days)),
        "gap": milliseconds(timedelta(hours=row.gap_hours)),
        "skip": row.skip_pages,
        "holdback": row.holdback,
        "pauses": [[moment(pause.starts_at), moment(pause.ends_at)] for pause in pauses],
        "no_tags": row.no_tags,
        "off": row.off,
    }


def appeals(at: datetime, zone: ZoneInfo) -> list[Appeal]:
    live = models.Appeal.objects.ahead(at).select_related("goal", "tax_wording")
    rows = live.annotate(valid_until=Min("variants__ties__claim__valid_until"))
    hosts = {host.host: host for host in models.DonationHost.objects.all()}
    return [appeal(row, row.valid_until, hosts, zone) for row in rows.prefetch_related("variants")]


def appeal(
    row: models.Appeal,
    valid_until: date | None,
    hosts: dict[str, models.DonationHost],
    zone: ZoneInfo,
) -> Appeal:
    return {
        "id": row.pk,
        "slot": row.slot,
        "from": moment(row.starts_at),
        "until": moment(row.ends_at),
        "lapse": moment(day_after(valid_until, zone)) if valid_until else None,
        "device": row.device,
        "only": aims(row, "only"),
        "never": aims(row, "not"),
        "variants": [variant(one, row, hosts) for one in row.variants.all()],
        "tax": row.tax_wording.text if row.tax_wording else "",
        "goal": goal(row.goal) if row.goal else None,
    }


def aims(row: models.Appeal, which: str) -> dict[str, list[str]]:
    """Slugs by the parts of donations.choosing.aim, without those that are empty."""
    parts = {"kinds": "kind", "sections": "section", "formats": "format"}
    parts |= {"series": "series", "tags": "tag"}
    found = {part: getattr(row, f"{which}_{name}") for name, part in parts.items()}
    return {part: words for part, words in found.items() if words}


def variant(
    row: models.Variant, appeal: models.Appeal, hosts: dict[str, models.DonationHost]
) -> Variant:
    host = hosts.get(links.host(appeal.url))
    return {
        "id": row.pk,
        "heading": row.heading,
        "text": row.text,
        "button": row.button,
        "url": links.tagged(appeal, row),
        "amounts": [
            {
                "label": links.label(amount, appeal.currency, row.interval),
                "url": links.for_amount(appeal, row, amount, host),
            }
            for amount in row.amounts
        ],
        "weight": row.weight,
    }


def goal(row: models.Goal) -> Goal | None:
    """None before its first total."""
    if row.raised is None or row.as_of is None:
        return None
    return {
        "name": row.name,
        "raised": written(row.raised, row.currency),
        "target": written(row.target, row.currency),
        "share": min(100, row.raised * 100 // row.target),
        "as_of": moment(row.as_of),
        "until": moment(row.as_of + models.FRESH),
    }


def day_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def moment(at: datetime) -> int:
    """Milliseconds since 1970, as browsers count."""
    return round(at.timestamp() * 1000)


def milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def loaded(content: Any) -> Content:
    """psycopg gives JSON as text or as what it holds, as Django has set it up."""
    found: Content = json.loads(content) if isinstance(content, str) else content
    return found
