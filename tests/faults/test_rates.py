"""Limits of letters hold over all senders, deaths and new starts included (A12)."""

import random
import time
from collections.abc import Sequence

import pytest

from newsletter.models import DomainLimit, Issue, Newsletter
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.posting import make_due
from tests.sink import Sink, What
from tests.sink.process import wait_until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
PER_MINUTE, SLOW_PER_MINUTE = 600, 120
SLOW = "slow.example"
TOLERATED = 1.05
CONNECTIONS = 3


def fullest(moments: Sequence[float], seconds: float) -> int:
    """The most that fall into any window of so many seconds."""
    moments, first, most = sorted(moments), 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def announced(sink: Sink, domain: str = "") -> list[float]:
    return [event.mail_at for event in sink.taken if event.to.endswith(domain)]


def test_no_window_holds_more_letters_than_the_limits_allow(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    """In full: any minute. In short: any ten seconds, into which those of two more may fall, as
    letters may be caught up on and late for a second each, and the sink is late as well.
    """
    window, seconds = sized(60, 10), sized(180, 13)
    Newsletter.objects.create(pk=1)
    DomainLimit.objects.create(newsletter_id=1, domain=SLOW, per_minute=SLOW_PER_MINUTE)
    make_due(
        PER_MINUTE * seconds // 20,
        ["example.org", "example.com", SLOW],
        per_minute=PER_MINUTE,
    )
    sink = open_sink()
    fleet = launch(sink)
    victims = [fleet.start() for _ in range(3)]
    sink.wait_for(1)
    end = time.monotonic() + seconds
    dice = random.Random(0)  # noqa: S311  # nothing is secret
    for victim in victims[: sized(3, 1)]:
        time.sleep(seconds / 6 * (1 + dice.random()))
        victim.kill()
        fleet.start()
    time.sleep(max(end - time.monotonic(), 0))
    fleet.end()

    share = window / 60
    tolerated, at_least = sized(105, 130) / 100, sized(70, 40) / 100
    for domain, limit in [("", PER_MINUTE), (SLOW, SLOW_PER_MINUTE)]:
        moments = announced(sink, domain)
        most = fullest(moments, window)
        print(f"{domain or 'all'}: at most {most} in {window} s, {len(moments)} in {seconds} s")
        assert most <= limit * share * tolerated + 1
        assert len(moments) >= limit * seconds / 60 * at_least


def test_when_everything_is_refused_it_stops_by_itself(open_sink: OpenSink, launch: Launch) -> None:
    issue, sink = make_due(500, connections=CONNECTIONS), open_sink(refused_late=1.0)
    launch(sink).start()

    def is_paused() -> bool:
        issue.refresh_from_db(fields=["status", "pause_why"])
        return issue.status == Issue.Status.PAUSED

    wait_until(is_paused, what="pause")
    time.sleep(1)

    assert "all failed" in issue.pause_why
    assert 50 <= len(sink.of(What.REFUSED)) <= 50 + CONNECTIONS
