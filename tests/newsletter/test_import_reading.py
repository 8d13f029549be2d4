"""How files of addresses are read, whatever program wrote them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.importing import cells
from newsletter.importing.layout import Unreadable, layout_of
from newsletter.importing.rows import BLOCK, Rows
from newsletter.importing.text import Utf8
from newsroom.lib import addresses

TABLE = 'Name,E-Mail,City\n"Smith, Ann",ann@example.org,Rome\nBen,ben@example.org,"Os\nlo"\n'
BOTH = ["ann@example.org", "ben@example.org"]


def read(file: bytes) -> tuple[list[str], list[tuple[int, str]]]:
    """The addresses of `file`, and the lines that are refused with the reasons."""
    stored = io.BytesIO(b"".join(Utf8(io.BytesIO(file), "list.csv").chunks()))
    rows = Rows(stored, layout_of(stored))
    chunks = list(rows.chunks())
    found = [address for chunk in chunks for address in chunk.addresses]
    refused = [(one.line, one.reason) for chunk in chunks for one in chunk.refusals]
    return found, refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_dialect_of_spreadsheets_is_read(encoding: str, end: str, delimiter: str) -> None:
    text = TABLE.replace(",", delimiter).replace("\n", end)

    assert read(text.encode(encoding)) == (BOTH, [])


@pytest.mark.parametrize(
    "text",
    [
        "ann@example.org\nben@example.org\n",
        "ann@example.org\nben@example.org",
        "email\nann@example.org\nben@example.org\n",
        "\n\nE-mail address\n\nann@example.org\n,,\n\nben@example.org\n\n",
        "sep=;\nName;Mail\nA;ann@example.org\nB;ben@example.org\n",
        '"Mail";"Name"\n"ann@example.org";"A ""x"" A"\n"ben@example.org";""\n',
        "ann@example.org,Ann,1\nben@example.org\n",
        " Ann@Example.ORG \n\u00a0ben@example.org\u200b\n",
        "Manager mail;Mail\nboss@example.org;ann@example.org\n;ben@example.org\n",
        "id,opt-in email,email\n1,yes,ann@example.org\n2,no,ben@example.org\n",
        "Courriel,Nom\nann@example.org,é\nben@example.org,ü\n",
    ],
)
def test_column_of_addresses_is_found(text: str) -> None:
    assert read(text.encode()) == (BOTH, [])


def test_quotation_mark_separates_nothing() -> None:
    assert read(b'sep="\nann@example.org\nben@example.org\n')[0] == BOTH


def test_letters_of_windows_1252_do_not_get_in_the_way() -> None:
    assert read("Name;Mail\nJosé;ann@example.org\n".encode("cp1252")) == (["ann@example.org"], [])


def test_domain_of_other_letters_is_stored_in_ascii() -> None:
    assert read("ann@bücher.example.com\n".encode()) == (["ann@xn--bcher-kva.example.com"], [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ben@@example.org,x", "invalid characters"),
        (",x", "no address in this row"),
        ("ben.example.org,x", "must have an @-sign"),
        ("ben@localhost.test,x", "special-use"),
        ("Ben <ben@example.org>,x", "display name"),
        ("bén@example.org,x", "before the @-sign are not supported"),
        (f"{'b' * 250}@example.org,x", "at most 254"),
        ("b\x00n@example.org,x", "invalid characters"),
        ('"ben@example.org"x,x', "quotation mark"),
        ('"ben@example.org,x', "quotation mark"),
    ],
)
def test_bad_row_is_refused_by_line_and_reason_and_nobody_else(row: str, reason: str) -> None:
    found, refused = read(f"Mail,Name\nann@example.org,x\n{row}\ncarl@example.org,x\n".encode())

    assert found == ["ann@example.org", "carl@example.org"]
    assert [line for line, _ in refused] == [3]
    assert reason in refused[0][1]


def test_lines_are_counted_across_quoted_line_ends() -> None:
    text = 'Mail,Note\nann@example.org,"1\n2\n3"\nbad,x\n'

    assert [line for line, _ in read(text.encode())[1]] == [5]


def test_lines_are_counted_across_blocks() -> None:
    text = "ann@example.org\n" * (2 * BLOCK + 3) + "bad\n"

    assert [line for line, _ in read(text.encode())[1]] == [2 * BLOCK + 4]


def test_reading_goes_on_at_the_byte_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.importing.rows.CHUNK", 2)
    monkeypatch.setattr("newsletter.importing.rows.BLOCK", 2)
    file = io.BytesIO(b"Mail\n" + b"".join(b"a%d@example.org\n" % n for n in range(7)))
    layout = layout_of(file)
    chunks = list(Rows(file, layout).chunks())

    for place, chunk in enumerate(chunks[:-1]):
        rest = list(Rows(file, layout, start=chunk.end).chunks())
        assert [c.addresses for c in rest] == [c.addresses for c in chunks[place + 1 :]]


@pytest.mark.parametrize("file", [b"", b"\n\n", b"Name,City\nAnn,Rome\n", b"\x89PNG\x00\x01" * 99])
def test_file_without_addresses_is_unreadable(file: bytes) -> None:
    with pytest.raises(Unreadable, match="No column"):
        read(file)


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(file: bytes) -> None:
    try:
        found, _ = read(b"Mail\nann@example.org\n" + file)
    except Unreadable:
        return
    assert all(addresses.compared(address) == address for address in found)


NAMES = st.from_regex(r"[A-Za-z0-9_+.-]{1,12}", fullmatch=True)
DOMAINS = st.from_regex(r"([A-Za-z0-9-]{1,9}\.){0,3}([A-Za-z0-9]{1,9}|test|LOCAL)", fullmatch=True)


@given(st.builds("{}@{}".format, NAMES, DOMAINS) | st.text(max_size=20))
def test_quick_look_takes_nothing_that_the_policy_refuses(text: str) -> None:
    if cells.is_plain(text):
        assert addresses.compared(text) == text.lower()


@given(NAMES, DOMAINS)
def test_reader_agrees_with_the_policy(name: str, domain: str) -> None:
    try:
        expected = addresses.compared(f"{name}@{domain}")
    except addresses.Refused:
        with pytest.raises(addresses.Refused):
            cells.compared(f"{name}@{domain}")
    else:
        assert cells.compared(f"{name}@{domain}") == expected
