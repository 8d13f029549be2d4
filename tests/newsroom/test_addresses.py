"""Addresses of every category of RFC 5321, 5322 and 6531, and what our policy makes of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.lib import addresses

LONG_LABEL, LONG_LOCAL = "a" * 63, "l" * 64
DOMAIN_OF_189 = f"{LONG_LABEL}.{LONG_LABEL}.{'a' * 57}.org"

TAKEN = {
    # plain, and what people add by accident
    "ann@example.org": "ann@example.org",
    "  ann@example.org \r\n": "ann@example.org",
    "\u00a0ann@example.org\u3000": "ann@example.org",
    "\ufeffann@example.org\u200b": "ann@example.org",
    "Ann.Smith@Example.ORG": "ann.smith@example.org",
    # all that may stand before the @ without quotation marks
    "ann+tag@example.org": "ann+tag@example.org",
    "a.n.n@example.org": "a.n.n@example.org",
    "!#$%&'*+-/=?^_`{|}~@example.org": "!#$%&'*+-/=?^_`{|}~@example.org",
    "-@example.org": "-@example.org",
    "1@example.org": "1@example.org",
    # domains
    "ann@a.b.c.d.example.org": "ann@a.b.c.d.example.org",
    "ann@1.2.3.example": "ann@1.2.3.example",
    "ann@a-b.org": "ann@a-b.org",
    "ann@example.museum": "ann@example.museum",
    # domains in letters of other alphabets, or in their ASCII form
    "ann@bücher.example": "ann@xn--bcher-kva.example",
    "ann@BÜCHER.example": "ann@xn--bcher-kva.example",
    "ann@bu\u0308cher.example": "ann@xn--bcher-kva.example",
    "ann@xn--bcher-kva.example": "ann@xn--bcher-kva.example",
    "ann@straße.example": "ann@xn--strae-oqa.example",
    "ann@παράδειγμα.gr": "ann@xn--hxajbheg2az3al.gr",
    "ann@例え.jp": "ann@xn--r8jz45g.jp",
    "ann@例え。jp": "ann@xn--r8jz45g.jp",
    "ann@ｅｘａｍｐｌｅ.org": "ann@example.org",
    # lengths that are just allowed
    f"{LONG_LOCAL}@example.org": f"{LONG_LOCAL}@example.org",
    f"ann@{LONG_LABEL}.org": f"ann@{LONG_LABEL}.org",
    f"{LONG_LOCAL}@{DOMAIN_OF_189}": f"{LONG_LOCAL}@{DOMAIN_OF_189}",
}

REFUSED = {
    "nothing": ["", " ", "@", "ann", "ann@", "@example.org"],
    "more than one": [
        "ann@@example.org",
        "ann@example.org,bob@example.org",
        "ann@example.org;bob@example.org",
        "ann@example.org bob@example.org",
    ],
    "dots": [".ann@example.org", "ann.@example.org", "a..b@example.org"],
    "dots in the domain": ["ann@.example.org", "ann@example..org", "ann@example.org."],
    "quoted": ['"ann"@example.org', '"ann b"@example.org', '"ann\\"b"@example.org', '""@a.org'],
    "comments": ["ann(at home)@example.org", "ann@(our)example.org", "(x)ann@example.org"],
    "with a name": ["Ann <ann@example.org>", "<ann@example.org>", "mailto:ann@example.org"],
    "routes": ["@relay.org:ann@example.org", "ann:@example.org"],
    "literals": ["ann@[192.0.2.1]", "ann@[IPv6:2001:db8::1]", "ann@192.0.2.1", "ann@[x]"],
    "no domain of the internet": ["ann@localhost", "ann@example", "ann@1.1", "ann@example.123"],
    "reserved": ["ann@a.test", "ann@a.invalid", "ann@a.local", "ann@a.onion", "ann@in-addr.arpa"],
    "hyphens": ["ann@-example.org", "ann@example-.org", "ann@ab--cd.org"],
    "signs in the domain": ["ann@ex_ample.org", "ann@ex!ample.org", "ann@exa mple.org"],
    "other alphabets before the @": ["ünn@example.org", "анна@example.org", "a\u0301@example.org"],
    "other at-signs": ["ann＠example.org", "ann﹫example.org", "ann%40example.org"],
    "emoji": ["😀@example.org", "ann@😀.org", "ann@xn--ls8h.org"],
    "broken ASCII form": ["ann@xn--a.org", "ann@xn--.org"],
    "unseen inside": ["ann@exa\u00admple.org", "ann@exa\u200bmple.org", "a\u202enn@example.org"],
    "control characters": [f"an{chr(n)}n@example.org" for n in (0, 7, 9, 10, 13, 27, 127, 133)],
    "control characters in the domain": [f"a@b{chr(n)}c.org" for n in (0, 9, 10, 13, 127, 0x2028)],
    "a second header": ["ann@example.org\nBcc: bob@example.org", "ann@example.org\r\n\r\nHello"],
    "backslashes": ["ann\\@example.org", "ann\\ b@example.org"],
    "half characters": ["\ud800@example.org", "ann@\udfff.org"],
    "too long": [
        f"l{LONG_LOCAL}@example.org",
        f"ann@a{LONG_LABEL}.org",
        f"{LONG_LOCAL}@a{DOMAIN_OF_189}",
        f"ann@{'ü' * 50}.{'ü' * 50}.{'ü' * 50}.{'ü' * 50}.org",
        "a" * 1_000_000,
        f"{'a' * 1_000_000}@example.org",
        f"ann@{'a.' * 500_000}org",
    ],
}


@pytest.mark.parametrize(("text", "expected"), TAKEN.items())
def test_taken_in_one_form(text: str, expected: str) -> None:
    assert addresses.compared(text) == expected
    assert len(expected) <= 254
    assert addresses.compared(addresses.shown(expected)) == expected


@pytest.mark.parametrize("category", REFUSED)
def test_refused_with_a_reason(category: str) -> None:
    for text in REFUSED[category]:
        with pytest.raises(addresses.Refused) as refusal:
            addresses.compared(text)
        assert str(refusal.value).endswith(".")


@given(st.text() | st.from_regex(r"[^@]{1,9}@[^@]{1,9}\.[a-z]{2,3}", fullmatch=True) | st.emails())
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_refused_or_harmless(text: str) -> None:
    try:
        found = addresses.compared(text)
    except addresses.Refused:
        return

    assert found.isascii()
    assert found.isprintable()
    assert not set(found) & set(' "(),:;<>@[\\]') - {"@"}
    assert len(found) <= addresses.MAX_LENGTH
    assert addresses.compared(found) == found


def test_hash_does_not_tell_the_address_and_is_ours() -> None:
    digest = addresses.digest("ann@example.org")

    assert len(digest) == 32
    assert digest == addresses.digest("ann@example.org")
    assert digest != addresses.digest("bob@example.org")
