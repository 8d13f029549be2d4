"""What a wording claims is found, however it is written."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from donations.claiming import LONGEST, cut, found, marked

CLAIMS = {
    # numbers
    "Page views up 133%": ["133%"],
    "up 133 %": ["133 %"],
    "up 133 percent": ["133 percent"],
    "up 133 per cent": ["133 per cent"],
    "We raised $2.4 million": ["$2.4 million"],
    "We raised US$2.4m": ["US$2.4m"],
    "We raised USD 2.4 million": ["USD 2.4 million"],
    "We raised €12.400": ["€12.400"],
    "We raised € 12.400": ["€ 12.400"],
    "We raised £5k": ["£5k"],
    "We raised 5 000 €": ["5 000 €"],
    "We need 25 dollars": ["25 dollars"],
    "1,200 readers": ["1,200 readers"],
    "1.200.000 visits": ["1.200.000"],
    "3x more": ["3x"],
    "grew 10-fold": ["10-fold"],
    "a 5-point rise": ["5-point"],
    "+12%": ["+12%"],
    "open 24/7": ["24/7"],
    "1/3 of it": ["1/3"],
    "½ of it": ["1⁄2"],
    "No. 1": ["1"],
    "the 1st of its kind": ["1st"],
    "(133%)": ["133%"],
    "“133%”": ["133%"],
    "133%, 133% and 40%": ["133%", "40%"],
    # numbers that hide
    "<strong>133</strong>%": ["133%"],
    "1<em>3</em>3%": ["133%"],
    "133&percnt;": ["133%"],
    "&#49;33%": ["133%"],
    "1&nbsp;200&nbsp;readers": ["1 200 readers"],
    "1\u202f200 readers": ["1 200 readers"],
    "1\u200b33%": ["133%"],
    "1&shy;33%": ["133%"],
    "１３３％": ["133%"],
    "١٣٣": ["١٣٣"],
    "133<br>%": ["133 %"],
    '<a href="https://example.org/">133%</a>': ["133%"],
    # numbers in words
    "It doubled": ["doubled"],
    "It has more than tripled": ["tripled"],
    "tenfold": ["tenfold"],
    "twice as many": ["twice"],
    "half of our readers": ["half"],
    "two thirds of them": ["two thirds"],
    "a third of it": ["a third"],
    "one in five readers": ["one in five readers"],
    "one out of every ten": ["one out of every ten"],
    "three million people": ["three million people"],
    "two and a half million": ["two and a half million"],
    "half-a-million": ["half-a-million"],
    "dozens of reporters": ["dozens"],
    "hundreds of thousands": ["hundreds", "thousands"],
    "twenty-five countries": ["twenty-five countries"],
    "for a decade": ["a decade"],
    "the majority of it": ["majority"],
    "most of our budget": ["most of our"],
    "Your gift is matched": ["matched"],
    "zero ads": ["zero"],
    "scores of writers": ["scores of"],
    "since the nineties": ["nineties"],
    # years and days
    "since 2019": ["2019"],
    "from 2019 to 2024": ["2019", "2024"],
    "2<strong>0</strong>24": ["2024"],
    "on 6 December": ["on 6 December"],
    "on December 6th, 2024": ["on December 6th, 2024"],
    "by Dec. 31": ["by Dec. 31"],
    "in May": ["in May"],
    "last year": ["last year"],
    # deadlines
    "by the end of the year": ["by the end of the year"],
    "The season ends with the year.": ["The season ends", "with the year"],
    "Give before the year is out.": ["before the year is"],
    "by the <em>end</em> of the year": ["by the end of the year"],
    "by the end of&nbsp;the year": ["by the end of the year"],
    "before year’s end": ["before year’s end"],
    "a year-end gift": ["year-end"],
    "until 31 December": ["until 31 December"],
    "by Friday": ["by Friday"],
    "tonight": ["tonight"],
    "this month": ["this month"],
    "your last chance": ["last chance"],
    "only 3 days left": ["3 days left"],
    "three days left": ["three days left"],
    "hours left": ["hours left"],
    "before midnight": ["before midnight"],
    "only today": ["only today"],
    "our deadline": ["deadline"],
    "The offer expires": ["expires"],
    "Time is running out": ["running out"],
    "It ends soon": ["ends soon"],
    "before it is too late": ["too late"],
    "by spring": ["by spring"],
    "before the summer": ["before the summer"],
    "within days": ["within days"],
    "in a week": ["in a week"],
    "It is hours away": ["hours away"],
    "The season ends.": ["The season ends"],
    "The year is over.": ["The year is over"],
    "before Election Day": ["before Election Day"],
    "by close of business": ["by close of business"],
    "before the holidays": ["the holidays"],
    "It ends at noon": ["at noon"],
    "the countdown": ["countdown"],
    # superlatives
    "the largest magazine": ["largest"],
    "the only magazine": ["the only"],
    "a record year": ["record"],
    "more than ever": ["than ever"],
    "for the first time": ["the first time"],
    "never before": ["never before"],
    "our number-one reader": ["number-one"],
    # what only the tax wording may say by itself
    "Gifts are tax-deductible.": ["tax-deductible"],
    "doubled, dollar for dollar": ["doubled", "dollar for dollar"],
}  # fmt: skip

HARMLESS = [
    "Give to Parley",
    "Please give",
    "Readers pay for this.",
    "Support us today.",
    "If you can, give what you can.",
    "We may ask you for help.",
    "May we ask you for help?",
    "No one owns us.",
    "One of them gave.",
    "Somebody has to pay for it.",
    "Your gift keeps us free.",
    "We march on.",
    "A reader in Łódź wrote to us.",
    "Journalism that nobody else does, “on the ground”.",
    "We second that.",
    "There is no paywall & there never will be.",
    "It takes time, care and money.",
    "Become a supporter",
    "",
    "<p></p>",
    '<p><a href="https://example.org/2024/12/31/">Our report</a></p>',
]


def test_claim_is_found() -> None:
    assert {wording: found(f"<p>{wording}</p>") for wording in CLAIMS} == CLAIMS


def test_plain_request_claims_nothing() -> None:
    assert [wording for wording in HARMLESS if found(wording)] == []


def test_paragraphs_do_not_run_together() -> None:
    assert found("<p>We have 5</p><p>million</p>") == ["5", "million"]


def test_sign_before_a_number_belongs_to_it() -> None:
    assert found("<p>We have 7<br>$10</p>") == ["7", "$10"]


def test_nothing_of_the_text_is_lost_between_phrases() -> None:
    text = "In 2024, page views rose by 133% – by the end of the year."
    assert "".join(part.text for part in cut(text)) == text


def test_blocks_are_marked_one_by_one() -> None:
    blocks = marked("<p>Up <strong>133</strong>%.</p><p>Give.</p>")
    assert [[tuple(part) for part in block] for block in blocks] == [
        [("Up ", ""), ("133%", "133%"), (".", "")],
        [("Give.", "")],
    ]


def test_endless_number_is_cut_to_what_can_be_stored() -> None:
    assert [len(phrase) for phrase in found("1" * 5000)] == [LONGEST]


MARKUP = ["<strong>", "</strong>", "<em>", "</em>", "<br>", "</p><p>", "&nbsp;", "\u200b", "&shy;"]
PIECES = st.sampled_from([*MARKUP, "7", "%", "$", ",", ".", " ", "(", "”", "–", "up", "Łódź", "'"])


@given(st.lists(PIECES | st.characters(codec="utf-8").map(escape), max_size=30))
def test_no_digit_escapes_whatever_stands_around_it(pieces: list[str]) -> None:
    parts = [part for block in marked(f"<p>{''.join(pieces)}</p>") for part in block]
    between = "".join(part.text for part in parts if not part.phrase)
    assert not any(letter.isdecimal() for letter in between)
