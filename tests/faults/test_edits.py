"""What was approved is what is sent, whatever is edited meanwhile (A9)."""

import pytest

from articles.models import Article
from newsletter.models import Issue
from tests.faults.books import assert_balanced
from tests.faults.conftest import Launch, OpenSink, Sized
from tests.faults.posting import make_due

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]


def test_edits_of_pieces_and_of_the_round_up_reach_no_letter(
    open_sink: OpenSink, launch: Launch, sized: Sized
) -> None:
    n = sized(10_000, 300)
    issue, sink = make_due(n), open_sink()
    fleet = launch(sink)
    process = fleet.start()
    sink.wait_for(n // 3)

    Article.objects.update(headline="Another headline", deck="Another deck.", body="<p>New.</p>")
    Issue.objects.update(preheader="Another preheader", opening="<p>Another letter.</p>")
    sink.wait_for(2 * n // 3)
    process.stop()
    fleet.start()  # one that has seen nothing but the edited pieces
    fleet.run_to_the_end(issue)

    balance = assert_balanced(issue, sink)
    assert len(balance.times_taken) == n
    assert len({event.digest for event in sink.taken}) == 1
