"""The appeals of a page: the wordings that may be shown there, and what the browser chooses by.

The same for everybody; static/js/appeals.js makes the choice.
"""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import SafeString

from donations.board import Appeal, Content, Goal, Variant
from donations.choosing import on_page, standing
from donations.facts import Page

SOON = 3_600_000  # milliseconds: so much later, a page that a cache has kept is still right

Places = dict[str, SafeString]  # what stands in the slots of a page


class Preview(Protocol):
    """A wording that a page shows to the desk, whatever the rules say."""

    @property
    def appeal(self) -> Appeal: ...
    @property
    def variant(self) -> Variant: ...


def places(content: Content, page: Page, at: int) -> Places:
    """{} if nothing may be asked on `page`. at: milliseconds since 1970."""
    appeals = [appeal for appeal in on_page(content, page) if is_near(appeal, at)]
    if not appeals:
        return {}
    slots = dict.fromkeys(appeal["slot"] for appeal in appeals)
    found = {slot: wordings(appeals, slot, at) for slot in slots}
    if default := standing(content, page, at):
        slot = default[0]["slot"]
        found[slot] += render("plain", wording=markup(*default, at, has_choices=False))
    script = render("choice", board=json_script(for_browser(content, appeals, page), "appeals"))
    top = found.get("top", SafeString("")) + script
    return found | {"top": top}


def previewed(preview: Preview, at: int) -> Places:
    """That wording in its place, with nothing to choose and nothing counted."""
    shown = markup(preview.appeal, preview.variant, at, has_choices=True)
    return {preview.appeal["slot"]: shown}


def is_near(appeal: Appeal, at: int) -> bool:
    ends = min(appeal["until"], appeal["lapse"] or appeal["until"])
    return appeal["from"] <= at + SOON and at < ends


def for_browser(content: Content, appeals: list[Appeal], page: Page) -> dict[str, Any]:
    """What static/js/appeals.js chooses by: no texts, and nothing that was judged here."""
    rules: dict[str, Any] = {**content["rules"]}
    return {
        "rules": {name: rules[name] for name in rules if name not in {"no_tags", "off"}},
        "appeals": [
            {
                "id": appeal["id"],
                "slot": appeal["slot"],
                "from": appeal["from"],
                "until": appeal["until"],
                "lapse": appeal["lapse"],
                "device": appeal["device"],
                "variants": [[one["id"], one["weight"]] for one in appeal["variants"]],
            }
            for appeal in appeals
        ],
        "article": page.article,
        "count": reverse("donations:count"),
    }


def wordings(appeals: list[Appeal], slot: str, at: int) -> SafeString:
    """Every wording that may stand in `slot`, none of them shown yet."""
    found = [
        {"id": variant["id"], "markup": markup(appeal, variant, at, has_choices=True)}
        for appeal in appeals
        if appeal["slot"] == slot
        for variant in appeal["variants"]
    ]
    return render("wordings", wordings=found)


def markup(appeal: Appeal, variant: Variant, at: int, *, has_choices: bool) -> SafeString:
    """has_choices: the reader can close it and the like, which takes JavaScript."""
    goal = appeal["goal"]
    is_fresh = goal is not None and at < goal["until"]
    as_of = day(goal) if goal and is_fresh else None
    told = {"slot": appeal["slot"], "tax": appeal["tax"], "goal": goal, "variant": variant}
    return rendered(json.dumps(told), as_of, has_choices)


def day(goal: Goal) -> date:
    return timezone.localdate(datetime.fromtimestamp(goal["as_of"] / 1000, UTC))


@lru_cache(maxsize=256)  # the same few wordings stand on every page
def rendered(told: str, as_of: date | None, has_choices: bool) -> SafeString:  # noqa: FBT001  a key
    context = {**json.loads(told), "as_of": as_of, "has_choices": has_choices}
    return SafeString(render_to_string("components/appeal.html", context))


def render(name: str, **context: Any) -> SafeString:
    return SafeString(render_to_string(f"donations/{name}.html", context))
