"""Two people's edits of one piece, put together."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.merging import BOTH, MINE, REST, THEIRS, cut, merge
from articles.snapshots import Content

PARAGRAPHS = st.lists(
    st.sampled_from([f"<p>{text}</p>" for text in ("a b c", "a b d", "x y", "x z", "x", "")]),
    max_size=6,
)
ANN, BOB, CY = (
    {"id": number, "name": name, "role": ""} for number, name in enumerate(["Ann", "Bob", "Cy"])
)


def body(*paragraphs: str) -> Content:
    return {"body": "".join(f"<p>{text}</p>" for text in paragraphs)}


@given(PARAGRAPHS, PARAGRAPHS)
def test_slots_put_together_are_the_text_again(base: list[str], side: list[str]) -> None:
    slots = cut(base, side)

    assert len(slots) == 2 * len(base) + 1
    assert [block for slot in slots for block in slot] == side


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_only_one_has_changed_is_taken(base: list[str], new: list[str]) -> None:
    old, fresh = {"body": "".join(base)}, {"body": "".join(new)}

    for theirs, mine in ((old, fresh), (fresh, old), (fresh, fresh)):
        merged = merge(old, theirs, mine)
        assert (merged.content["body"], merged.clashes) == (fresh["body"], [])


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_no_block_is_lost_without_a_choice(base: list[str], t: list[str], m: list[str]) -> None:
    texts = [{"body": "".join(side)} for side in (base, t, m)]
    merged = merge(*texts)

    shown = merged.content["body"] + "".join(clash.theirs for clash in merged.clashes)

    for new in [block for block in (*t, *m) if block not in base]:
        assert new in shown


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, st.sampled_from(["", THEIRS, MINE]))
def test_no_block_comes_out_more_often_than_it_stands_in_one_text(
    base: list[str], t: list[str], m: list[str], choice: str
) -> None:
    old, theirs, mine = ({"body": "".join(side)} for side in (base, t, m))

    merged = merge(old, theirs, mine, {REST: choice}).content["body"]

    for block in {*base, *t, *m}:
        assert merged.count(block) <= max(side.count(block) for side in (base, t, m))


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_it_does_not_matter_who_comes_first(base: list[str], t: list[str], m: list[str]) -> None:
    old, theirs, mine = ({"body": "".join(side)} for side in (base, t, m))
    one, other = merge(old, theirs, mine), merge(old, mine, theirs)
    sides = [(clash.key, clash.theirs, clash.mine) for clash in one.clashes]
    assert sides == [(clash.key, clash.mine, clash.theirs) for clash in other.clashes]

    chosen = merge(old, theirs, mine, dict.fromkeys(one.undecided, MINE))
    mirrored = merge(old, mine, theirs, dict.fromkeys(one.undecided, THEIRS))

    assert chosen.content == mirrored.content


def test_edits_of_neighbouring_paragraphs_merge() -> None:
    base = body("One is here.", "Two is here.", "Three.")
    theirs = body("One is here.", "Two is there now.", "Three.")
    mine = body("One was here.", "Something new.", "Two is here.", "Three.")

    merged = merge(base, theirs, mine)

    expected = body("One was here.", "Something new.", "Two is there now.", "Three.")
    assert (merged.content["body"], merged.taken) == (expected["body"], ["body"])
    assert merged.clashes == []


def test_two_edits_of_one_paragraph_are_a_choice_and_the_rest_merges() -> None:
    base = body("One.", "Two is here.", "Three.")
    theirs = body("One.", "Two is there.", "Three!")
    mine = body("Zero.", "One.", "Two was here.", "Three.")

    merged = merge(base, theirs, mine)

    [clash] = merged.clashes
    assert (clash.base, clash.theirs, clash.mine) == (
        "<p>Two is here.</p>",
        "<p>Two is there.</p>",
        "<p>Two was here.</p>",
    )
    assert (clash.after, merged.undecided) == ("<p>One.</p>", [clash.key])
    for choice, texts in {
        THEIRS: ["Two is there."],
        MINE: ["Two was here."],
        BOTH: ["Two is there.", "Two was here."],
    }.items():
        chosen = merge(base, theirs, mine, {clash.key: choice})
        assert chosen.content["body"] == body("Zero.", "One.", *texts, "Three!")["body"]
        assert chosen.undecided == []
        assert chosen.refused == ([clash.key] if choice == THEIRS else [])


def test_paragraph_that_both_move_elsewhere_is_a_choice() -> None:
    base, theirs, mine = (body(*text) for text in ("abc", "cab", "acb"))

    merged = merge(base, theirs, mine)

    moves = [(clash.base, clash.theirs, clash.mine) for clash in merged.clashes]
    assert moves == [("", "<p>c</p>", ""), ("", "", "<p>c</p>")]
    assert merged.content == merge(base, theirs, mine, {REST: MINE}).content
    for choice, text in {THEIRS: theirs, MINE: mine}.items():
        assert merge(base, theirs, mine, {REST: choice}).content["body"] == text["body"]


def test_paragraph_that_one_rewrites_and_the_other_deletes_is_a_choice() -> None:
    [clash] = merge(body("A.", "B is here."), body("A."), body("A.", "B is there.")).clashes

    assert (clash.theirs, clash.mine, clash.offers) == ("", "<p>B is there.</p>", [THEIRS, MINE])


@pytest.mark.parametrize(
    ("name", "values", "both"),
    [
        ("tags", (["a", "b"], ["a", "b", "c"], ["a", "d"]), ["a", "c", "d"]),
        ("bylines", ([ANN], [ANN, BOB], [CY, ANN]), [ANN, BOB, CY]),
    ],
)
def test_lists_can_take_both_changes(
    name: str, values: tuple[list[Any], ...], both: list[Any]
) -> None:
    base, theirs, mine = ({name: value} for value in values)

    merged = merge(base, theirs, mine, {name: BOTH})

    assert merged.content[name] == both


def test_fields_of_different_people_merge_and_are_told() -> None:
    base: Content = {"headline": "Old", "section": {"id": 1, "name": "Asia"}, "tags": ["a"]}
    theirs = base | {"section": {"id": 2, "name": "Europe"}, "tags": ["b"]}

    merged = merge(base, theirs, base | {"headline": "New"})

    values = {name: merged.content[name] for name in base}
    assert values == theirs | {"headline": "New"}
    assert (merged.taken, merged.clashes) == (["section", "tags"], [])


def test_reference_is_the_same_whatever_its_name() -> None:
    base: Content = {"section": {"id": 1, "name": "Asia"}}

    merged = merge(base, {"section": {"id": 1, "name": "Far East"}}, base)

    assert (merged.taken, merged.clashes) == ([], [])


def test_without_an_ancestor_whatever_differs_is_a_choice() -> None:
    merged = merge({}, {"headline": "A", "deck": "D"}, {"headline": "B", "deck": "D"})

    assert merged.undecided == ["headline"]


def test_one_choice_does_not_decide_another() -> None:
    base, theirs, mine = ({"headline": h, "deck": d} for h, d in ("AA", "BB", "CC"))

    merged = merge(base, theirs, mine, {"headline": THEIRS, "deck": "nonsense"})

    assert (merged.content["headline"], merged.undecided) == ("B", ["deck"])
