"""Credit lines as people type and paste them."""

import re
import time
from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.credit_lines import Credit, line, parse

TANKER = "A tanker waits off the coast"
# In: as typed. Out: subjects, caption, photographer, agency.
SHAPES: dict[str, Credit] = {
    # Subjects with makers in brackets
    "Top photo credit: Harbor (Ann Example/Reuters)": Credit(
        "Harbor", "", "Ann Example", "Reuters"
    ),
    "Top photo credit:Harbor ( Ann Example / Reuters )": Credit(
        "Harbor", "", "Ann Example", "Reuters"
    ),
    "TOP IMAGE CREDIT : HARBOR (ANN EXAMPLE/REUTERS)": Credit(
        "HARBOR", "", "ANN EXAMPLE", "REUTERS"
    ),
    "Harbor (Ann Example)": Credit("Harbor", "", "Ann Example", ""),
    "Harbor (Reuters)": Credit("Harbor", "", "", "Reuters"),
    "Harbor [Ann Example/Example Archive].": Credit("Harbor", "", "Ann Example", "Example Archive"),
    "Harbor (Photo: Ann Example/Reuters)": Credit("Harbor", "", "Ann Example", "Reuters"),
    "Harbor (photo by Ann Example)": Credit("Harbor", "", "Ann Example", ""),
    "Harbor (AP Photo/Ann Example)": Credit("Harbor", "", "Ann Example", "AP Photo"),
    "Harbor (shutterstock/ ann example)": Credit("Harbor", "", "ann example", "shutterstock"),
    "“Harbor at Night” (Ann Example/Example Archive)": Credit(
        "“Harbor at Night”", "", "Ann Example", "Example Archive"
    ),
    "Cleo Left (left) meets Dan Right (right) (Ann Example/AP)": Credit(
        "Cleo Left (left) meets Dan Right (right)", "", "Ann Example", "AP"
    ),
    # Several
    "Top photo credit : Harbor (Ann Example/Reuters); Bridge (Bob Sample)": Credit(
        "Harbor; Bridge", "", "Ann Example; Bob Sample", "Reuters; -"
    ),
    "Harbor (Ann Example/AFP), Bridge (Bob Sample/AP)": Credit(
        "Harbor; Bridge", "", "Ann Example; Bob Sample", "AFP; AP"
    ),
    "Harbor (Ann Example/Shutterstock) and Bridge (Bob Sample/Shutterstock)": Credit(
        "Harbor; Bridge", "", "Ann Example; Bob Sample", "Shutterstock"
    ),
    "Harbor (Reuters); Bridge (Bob Sample/AFP)": Credit(
        "Harbor; Bridge", "", "-; Bob Sample", "Reuters; AFP"
    ),
    "Harbor (Ann Example/AP); Bridge (Ann Example/AP)": Credit(
        "Harbor; Bridge", "", "Ann Example", "AP"
    ),
    "Harbor (AFP); Bridge (Reuters)": Credit("Harbor; Bridge", "", "", "AFP; Reuters"),
    "Harbor and bridge (Ann Example/Reuters, Bob Sample/AFP)": Credit(
        "Harbor and bridge", "", "Ann Example; Bob Sample", "Reuters; AFP"
    ),
    "Ann Example/Reuters; Bob Sample/AFP": Credit(
        "", "", "Ann Example; Bob Sample", "Reuters; AFP"
    ),
    "Ann Example; Bob Sample/AFP": Credit("", "", "Ann Example; Bob Sample", "AFP"),
    "Ann Example and Bob Sample/Reuters": Credit("", "", "Ann Example and Bob Sample", "Reuters"),
    # Makers alone
    "Ann Example/Reuters": Credit("", "", "Ann Example", "Reuters"),
    "Ann Example/Agency/Pool": Credit("", "", "Ann Example", "Agency/Pool"),
    "REUTERS/Ann Example/File Photo": Credit("", "", "Ann Example", "REUTERS/File Photo"),
    "Pool/Ann Example/AFP": Credit("", "", "Ann Example", "Pool/AFP"),
    "EXAMPLEPRESS/Ann Example": Credit("", "", "Ann Example", "EXAMPLEPRESS"),
    "(shutterstock/ ann example)": Credit("", "", "ann example", "shutterstock"),
    "Ann Example": Credit("", "", "Ann Example", ""),
    "@annexample": Credit("", "", "@annexample", ""),
    "shutterstock": Credit("", "", "", "shutterstock"),
    "example.org": Credit("", "", "", "example.org"),
    "IMAGO/Example Press": Credit("", "", "", "IMAGO/Example Press"),
    "Ann Example, Reuters": Credit("", "", "Ann Example", "Reuters"),
    "Ann Example | Example Agency": Credit("", "", "Ann Example", "Example Agency"),
    "Reuters – Ann Example": Credit("", "", "Ann Example", "Reuters"),
    "Ann Example via Shutterstock": Credit("", "", "Ann Example", "Shutterstock"),
    "Ann Example/AFP via Getty Images": Credit("", "", "Ann Example", "AFP via Getty Images"),
    "AFP via Getty Images": Credit("", "", "", "AFP via Getty Images"),
    "Ann van der Example/ANP": Credit("", "", "Ann van der Example", "ANP"),
    "Энн Пример/ТАСС": Credit("", "", "Энн Пример", "ТАСС"),
    "© Ann Example/Reuters": Credit("", "", "© Ann Example", "Reuters"),
    # Offices, archives, licences
    "U.S. Navy photo by Specialist 2nd Class Ann Example": Credit(
        "", "", "Specialist 2nd Class Ann Example", "U.S. Navy"
    ),
    "(U.S. Army photo by Sgt. Ann Example)": Credit("", "", "Sgt. Ann Example", "U.S. Army"),
    "DoD photo by Sgt. Ann Example, U.S. Air Force": Credit(
        "", "", "Sgt. Ann Example", "DoD/U.S. Air Force"
    ),
    "Official White House Photo by Ann Example": Credit(
        "", "", "Ann Example", "Official White House"
    ),
    "Ministry of Example/Handout via Reuters": Credit(
        "", "", "", "Ministry of Example/Handout via Reuters"
    ),
    "Screengrab/Example TV": Credit("", "", "", "Screengrab/Example TV"),
    "Photo courtesy of the Example Museum": Credit("", "", "", "courtesy of the Example Museum"),
    "Image via Wikimedia Commons": Credit("", "", "", "Wikimedia Commons"),
    "Ann Example / Flickr / CC BY 2.0": Credit("", "", "Ann Example", "Flickr/CC BY 2.0"),
    "Ann Example, CC BY-SA 4.0, via Wikimedia Commons": Credit(
        "", "", "Ann Example", "CC BY-SA 4.0, via Wikimedia Commons"
    ),
    # Behind a label
    "Photo by Ann Example": Credit("", "", "Ann Example", ""),
    "Photo by Ann Example (Reuters)": Credit("", "", "Ann Example", "Reuters"),
    "Photo: Ann Example/Agency": Credit("", "", "Ann Example", "Agency"),
    "Photo credit - Ann Example/Agency": Credit("", "", "Ann Example", "Agency"),
    "Credit: Example": Credit("Example", "", "", ""),
    "Main image: Harbor. Photo: Ann Example": Credit("Harbor", "", "Ann Example", ""),
    "Harbor, photo by Ann Example/Reuters": Credit("Harbor", "", "Ann Example", "Reuters"),
    # Behind a text
    f"{TANKER}. REUTERS/Ann Example": Credit("", f"{TANKER}.", "Ann Example", "REUTERS"),
    f"{TANKER}. EXAMPLEPRESS/Ann Example": Credit("", f"{TANKER}.", "Ann Example", "EXAMPLEPRESS"),
    f"{TANKER} in the U.S. in 2024. Ann Example/Reuters/Pool": Credit(
        "", f"{TANKER} in the U.S. in 2024.", "Ann Example", "Reuters/Pool"
    ),
    f"FILE PHOTO: {TANKER}, June 3, 2024. REUTERS/Ann Example": Credit(
        "", f"FILE PHOTO: {TANKER}, June 3, 2024.", "Ann Example", "REUTERS"
    ),
    f"{TANKER}. (Ann Example, Pool Photo via AP)": Credit(
        "", f"{TANKER}.", "Ann Example", "Pool Photo via AP"
    ),
    f"{TANKER} (Photo by Ann Example/AFP via Getty Images)": Credit(
        "", TANKER, "Ann Example", "AFP via Getty Images"
    ),
    f"{TANKER}. U.S. Navy photo by Ann Example": Credit(
        "", f"{TANKER}.", "Ann Example", "U.S. Navy"
    ),
    f"{TANKER}\nAnn Example/Reuters": Credit("", TANKER, "Ann Example", "Reuters"),
    f"{TANKER} — Ann Example/Reuters": Credit("", TANKER, "Ann Example", "Reuters"),
    f"{TANKER} | Reuters": Credit("", TANKER, "", "Reuters"),
    f"{TANKER}/Reuters": Credit("", TANKER, "", "Reuters"),
    "Who won? Ann Example/Reuters": Credit("Who won?", "", "Ann Example", "Reuters"),
    # Kept whole
    TANKER: Credit("", TANKER, "", ""),
    "Harbor (left)": Credit("Harbor (left)", "", "", ""),
    "Example City (2019)": Credit("Example City (2019)", "", "", ""),
    "Ann Example (CC BY 2.0)": Credit("", "", "Ann Example (CC BY 2.0)", ""),
    "© 2024 Ann Example. All rights reserved.": Credit(
        "", "", "© 2024 Ann Example. All rights reserved.", ""
    ),
    "Open 24/7": Credit("Open 24/7", "", "", ""),
    "https://example.org/a/b.jpg": Credit("https://example.org/a/b.jpg", "", "", ""),
    "A photo by the sea, from a walk": Credit("", "A photo by the sea, from a walk", "", ""),
    "": Credit(),
}


def test_table_is_as_long_as_was_promised() -> None:
    assert len(SHAPES) >= 60


@pytest.mark.parametrize("typed", SHAPES)
def test_shape_is_taken_apart(typed: str) -> None:
    assert parse(typed) == SHAPES[typed]


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("Harbor", "Ann Example", "Reuters"), "Harbor. Ann Example/Reuters"),
        (("The harbor.", "Ann Example", ""), "The harbor. Ann Example"),
        (("Who won?", "", "Reuters"), "Who won? Reuters"),
        (("", "Ann Example", "Reuters"), "Ann Example/Reuters"),
        (("A; B", "C; D", "E; F"), "A; B. C/E; D/F"),
        (("A; B", "C; D", "E; -"), "A; B. C/E; D"),
        (("A; B", "-; D", "E; F"), "A; B. E; D/F"),
        (("A; B", "C; D", "E"), "A; B. C; D/E"),
        (("A", "", ""), "A"),
    ],
)
def test_parts_are_written_in_one_way(parts: tuple[str, str, str], written: str) -> None:
    assert line(*parts) == written


# Whatever is typed

FRAGMENTS = [
    *("Top photo credit: ", "Photo by ", "Ann Example", "Bob", "harbor at dusk", "Reuters"),
    *("AP Photo", "REUTERS", "U.S.", "Sgt.", "/", " / ", "; ", ", ", ". ", " (", ") ", "[", "]"),
    *(" | ", " — ", " via ", " and ", "\n", ": ", "©", "CC BY 2.0", "Pool", "-", "?", "“", "”"),
]
visible = st.characters(exclude_categories=["C", "Zl", "Zp"])
typed_lines = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join) | st.text(visible)
# Labels, and what stands between two names
MAY_GO = set(
    "top photo photos photograph image picture pic illustration graphic map video artwork lead main"
    " cover feature featured header hero banner inset stock credit credits source by via from and"
    " handout images pictures".split()
)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def parts(credit: Credit) -> str:
    return "\n".join(astuple(credit))


@given(typed_lines)
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost_and_none_is_made_up(typed: str) -> None:
    kept = words(parts(parse(typed)))

    assert {word for word in words(typed) - kept if word.lower() not in MAY_GO} == set()
    assert kept <= words(typed)


@given(typed_lines)
@settings(max_examples=200, deadline=None)
def test_written_line_is_read_as_it_was_written(typed: str) -> None:
    written = str(parse(typed))

    assert str(parse(written)) == written


@pytest.mark.parametrize(
    "typed",
    [
        *("(" * 10_000, "a. " * 3_333, "Photo by " * 1_111, "; " * 5_000, "/" * 10_000),
        *("A (B/C); " * 1_111, "Ann Example/Reuters " * 500, "[left" * 2_000, "©" * 10_000),
        *("Dr. " * 2_500, "\u202e" * 10_000),
    ],
)
def test_absurd_line_is_answered_at_once(typed: str) -> None:
    began = time.process_time()

    kept = words(parts(parse(typed)))

    assert time.process_time() - began < 1
    assert {word for word in words(typed) - kept if word.lower() not in MAY_GO} == set()


def test_signs_that_turn_or_hide_text_are_left_out() -> None:
    typed = "Har\u00adbor (\u202eAnn\x00 Example\u202c/\u200bReuters\ufeff)"

    assert parse(typed) == Credit("Harbor", "", "Ann Example", "Reuters")
