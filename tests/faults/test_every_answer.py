"""Whatever a mail server says: one end for each letter (A5)."""

from collections import Counter
from pathlib import Path

import pytest

from newsletter.models import Delivery
from newsletter.sending.ledger import MOST_ATTEMPTS
from tests.faults.books import Balance, assert_balanced
from tests.faults.certificate import make_certificate
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.posting import make_due
from tests.sink import Fate, Sink, What

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]
Status = Delivery.Status
SEED = 12  # with which even 800 readers meet with everything
CHAOS = {
    "put_off": 0.05,
    "always_put_off": 0.003,
    "refused": 0.007,
    "refused_late": 0.003,
    "dropped": 0.0025,
    "taken_and_dropped": 0.0025,
    "bad_banner_every": 4,
}
# Attempts, attempts without an answer, letters that the server took, end.
EXPECTED = {
    Fate.FINE: (1, 0, 1, Status.ACCEPTED),
    Fate.PUT_OFF: (2, 0, 1, Status.ACCEPTED),
    Fate.ALWAYS_PUT_OFF: (MOST_ATTEMPTS, 0, 0, Status.FAILED),
    Fate.REFUSED: (1, 0, 0, Status.FAILED),
    Fate.REFUSED_LATE: (1, 0, 0, Status.FAILED),
    Fate.DROPPED: (2, 1, 1, Status.ACCEPTED),
    Fate.TAKEN_AND_DROPPED: (2, 1, 2, Status.ACCEPTED),
    Fate.STALLED: (2, 1, 2, Status.ACCEPTED),
}


def surprises(balance: Balance, sink: Sink) -> list[str]:
    """Whoever has not met with what the sink's script says of them."""
    found = []
    for row in balance.rows.values():
        fate = sink.script.fate(row.address)
        met = (row.n_attempts, row.n_lost, balance.times_taken[row.address], row.status)
        if met != EXPECTED[fate]:
            found.append(f"{row.address}, {fate}: {met}")
    return found


def test_each_letter_has_one_end_and_the_ledger_says_what_the_server_says(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    issue = make_due(sized(10_000, 800))
    sink = open_sink(seed=SEED, stalled=sized(1, 2) / 1000, closing_every=sized(500, 100), **CHAOS)
    fleet = launch(sink, EMAIL_TIMEOUT="5", EMAIL_DATA_TIMEOUT=f"{sized(30, 1)}")
    fleet.start()

    fleet.run_to_the_end(issue, seconds=sized(1800, 300))

    balance = assert_balanced(issue, sink)
    assert surprises(balance, sink) == []
    refusals = Counter(event.to for event in sink.of(What.REFUSED))
    assert set(refusals.values()) == {1}
    fates = Counter(sink.script.fate(address) for address in balance.rows)
    print(f"{dict(fates)}")
    assert fates.keys() == set(Fate)


def test_without_tls_where_it_is_asked_for_nothing_leaves(
    open_sink: OpenSink, launch: Launch, tmp_path: Path
) -> None:
    certificate = make_certificate(tmp_path)
    issue, sink = make_due(6, connections=1), open_sink(certificate=certificate, tls_refusals=1)
    address = sink.address.replace("127.0.0.1", "localhost")
    fleet = launch(sink, EMAIL_URL=f"smtp+tls://{address}", SSL_CERT_FILE=certificate)
    fleet.start()

    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert balance.times_taken.total() == 6
    assert all(row.n_attempts == 1 for row in balance.rows.values())
    assert {event.is_secure for event in sink.taken} == {True}
