"""Off means off in real web processes, each of which believes its board for a moment."""

import time
from contextlib import closing
from pathlib import Path

import pytest

from donations.models import EVERYWHERE, Appeal
from donations.services.switching import switch_off
from tests.factories import make_user
from tests.factories_donations import make_live, make_rules
from tests.web import Web, post

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
N_ASKED = 24  # times in a row, each over a new connection: by then every process has answered
MOST = 5  # seconds


def heard(web: Web, appeal: Appeal) -> int:
    """The answer to a page out of a cache that shows `appeal`; 410 takes it away."""
    event = [appeal.pk, appeal.variants.get().pk, appeal.slot, "shown", "", 1]
    with closing(web.connect()) as browser:
        return post(browser, "/appeals/count/", {"article": 0, "events": [event]})


def test_switched_off_it_is_gone_from_pages_in_caches_within_five_seconds(tmp_path: Path) -> None:
    make_rules()
    appeal, by = make_live(), make_user()
    with Web(tmp_path, WEB_PROCESSES="3") as web:
        assert {heard(web, appeal) for _ in range(N_ASKED)} == {204}

        switch_off(EVERYWHERE, by=by)
        switched, last, n_gone = time.monotonic(), 0.0, 0
        while n_gone < N_ASKED and last < MOST:
            n_gone = n_gone + 1 if heard(web, appeal) == 410 else 0
            last = last if n_gone else time.monotonic() - switched

    assert last < MOST
