"""Two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib.differences import changes, words

LISTS = st.lists(st.sampled_from("abc"), max_size=8)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "Two words", "<ins>Two words</ins>"),
        ("Two words", "", "<del>Two words</del>"),
        ("a b c", "a x c", "a <del>b</del> <ins>x</ins> c"),
        ("<b>", "<i>", "<del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins>"),
    ],
)
def test_difference_is_by_words_and_safe(old: str, new: str, shown: str) -> None:
    assert words(old, new) == shown


@given(LISTS, LISTS)
def test_changes_lead_from_one_to_the_other(before: list[str], after: list[str]) -> None:
    places = [0, 0]
    for kind, i, j, k, m in changes(before, after):
        assert [i, k] == places
        assert (before[i:j] == after[k:m]) == (kind == "equal")
        places = [j, m]

    assert places == [len(before), len(after)]


def test_texts_too_long_to_compare_are_replaced_between_what_is_alike() -> None:
    old, new = ("same " + f"{word} " * 3000 + "end" for word in ("old", "new"))

    shown = words(old, new)

    assert shown.startswith("same <del>old old ")
    assert shown.endswith(" new</ins> end")
