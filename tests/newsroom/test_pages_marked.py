"""Somebody has decided of every public address whether its page is kept."""

from django.urls import URLPattern, URLResolver, get_resolver

from newsroom.pages.request import key_of
from tests.pages import asked

# Of one person, or told anew each time; whatever else readers get with GET is kept.
FOR_ONE = {
    "confirm",
    "leave",
    "come_back",
    "preferences",
    "export",
    "erase",
    "ticket",
    "thanks",
    "shared_preview",
    "go",  # counted
    "count",  # posted
    "total",  # posted
    "healthz",
    "readyz",
    "partner_atom",  # its address is a key
    "partner_rss",
    "rendition",  # a file, for good
}


def public(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    found: list[URLPattern] = []
    for one in patterns:
        if isinstance(one, URLPattern):
            found.append(one)
        elif one.app_name != "admin":
            found += public(one.url_patterns)
    return found


def test_every_public_page_is_kept_or_for_one_person() -> None:
    views = {one.name: one.callback for one in public(get_resolver().url_patterns)}
    kept = {name for name, view in views.items() if hasattr(view, "query_names")}

    assert views.keys() - kept == FOR_ONE
    assert len(kept) > 30


def test_addresses_that_are_too_long_take_no_place() -> None:
    keys: list[object] = []

    def note(environ: dict[str, object], start_response: object) -> list[bytes]:
        keys.append(key_of(environ))
        start_response("200 OK", [])  # type: ignore[operator]
        return []

    for path in ("/latest/", f"/{'a' * 3000}/", f"/latest/?page={'1' * 3000}"):
        asked(note, path)

    assert keys[0] == ("127.0.0.1", "/latest/", "")
    assert keys[1] is None
    assert keys[2] == keys[0]
