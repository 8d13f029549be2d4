"""The browser chooses as the server does."""

import json
from collections import Counter
from dataclasses import asdict, astuple

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from donations.choosing import choose
from donations.placing import for_browser
from donations.reasons import READER
from tests.donations.cases import PIECE, Case, cases, open_rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db]  # for the browser that others share

N_CASES, SEED = 10_000, 20261122
NOTHING = {"rules": open_rules(), "appeals": [], "article": 0, "count": "/"}
# As texts, since Playwright takes a minute to hand over what they hold, piece by piece.
CHOOSE = """text => JSON.stringify(
  JSON.parse(text).map(({ board, reader, at }) => choose(board, reader, at)),
)"""


def for_script(case: Case) -> dict[str, object]:
    reader = asdict(case.reader)
    names = {"isPhone": reader.pop("is_phone"), "isBlocked": not reader.pop("has_storage")}
    board = for_browser(case.content, case.content["appeals"], PIECE)
    return {"board": board, "reader": reader | names, "at": case.at}


def test_both_choose_alike_in_ten_thousand_cases(browser: Browser) -> None:
    drawn = cases(N_CASES, SEED)
    expected = [
        [list(astuple(outcome)) for outcome in choose(one.content, PIECE, one.reader, one.at)]
        for one in drawn
    ]
    page = browser.new_page()
    page.set_content(f"<script id=appeals type=application/json>{json.dumps(NOTHING)}</script>")
    page.add_script_tag(path=settings.BASE_DIR / "static/js/appeals.js")

    answers = page.evaluate(CHOOSE, json.dumps([for_script(one) for one in drawn]))
    found = [
        [[appeal, slot, variant, why] for appeal, variant, slot, why in outcomes]
        for outcomes in json.loads(answers)
    ]
    page.close()

    differing = [
        (one, ours, theirs)
        for one, ours, theirs in zip(drawn, expected, found, strict=True)
        if ours != theirs
    ]
    assert differing == []
    met = Counter(why for outcomes in expected for *_, why in outcomes)
    assert set(met) == {*READER, ""}, "each rule decides some case"
    assert min(met.values()) >= 100
