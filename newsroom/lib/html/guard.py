"""The last word: nothing is stored but what nh3's allow-list lets through."""

import re
from collections.abc import Callable
from html import escape

import nh3

# Their content goes with them: it is code, a form's or a foreign vocabulary's, never prose.
UNPRINTED = frozenset(
    "applet audio canvas datalist fencedframe frameset iframe map math noembed noframes noscript"
    " object plaintext script select style svg template textarea title video xml xmp".split()
)
PULL_QUOTE = "pull-quote"
SCHEMES = {"http", "https", "mailto"}
# C0 and C1 controls, lone surrogates, bidi overrides and isolates, the byte order mark. What
# Unicode calls a space or a joiner stays.
UNWRITABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_TARGET = re.compile(r"https?://[^\s/?#]|mailto:[^\s?]|/(?!/)", re.IGNORECASE)
_NOT_IN_A_URL = re.compile(r'[\s"<>`]')
_PHOTO = re.compile(r"[1-9][0-9]{0,8}")
_QUERY = r"(?:[?&#][\w=.%-]{0,80}){0,8}"
_VIDEO = re.compile(
    r"https://(?:"
    r"(?:(?:www|m)\.)?youtube\.com/(?:watch\?(?:[\w-]{1,20}=[\w-]{0,80}&){0,4}v=|shorts/|live/)"
    r"[\w-]{6,20}|youtu\.be/[\w-]{6,20}"
    r"|(?:www\.)?vimeo\.com/(?:channels/[\w-]{1,60}/)?[0-9]{1,12}"
    rf"){_QUERY}",
    re.ASCII,
)
_NOWHERE: dict[str, set[str]] = {"*": set()}  # nh3 lets lang and title pass unless told
_links = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)


def target(url: str) -> str | None:
    """`url` as a link may carry it, or None: http(s), mailto, or a path of this site."""
    url = UNWRITABLE.sub("", url).strip().replace("\\", "/")  # as browsers read backslashes
    if url[:4].lower() == "www.":
        url = f"https://{url}"
    if len(url) > 2000 or not _TARGET.match(url):
        return None
    scheme, colon, rest = url.partition(":")
    if not url.startswith("/"):
        url = scheme.lower() + colon + rest
    url = _NOT_IN_A_URL.sub(_percent, url)
    return url if "href" in _links.clean(f'<a href="{escape(url)}">') else None


def photo(number: str) -> str | None:
    return number if _PHOTO.fullmatch(number) else None


def video(url: str) -> str | None:
    """`url` if it is the page of one YouTube or Vimeo video, else None."""
    return url if _VIDEO.fullmatch(url) else None


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


_RULES: dict[tuple[str, str], Callable[[str], str | None]] = {
    ("a", "href"): target,
    ("aside", "class"): {PULL_QUOTE: PULL_QUOTE}.get,
    ("figure", "data-photo"): photo,
    ("figure", "data-embed"): video,
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    rule = _RULES.get((tag, name))
    return value if rule and rule(value) == value else None


_INLINE = {"a", "strong", "em"}
BODY_TAGS = _INLINE | set("p h2 h3 br ul ol li blockquote aside figure figcaption".split())

guard_inline = nh3.Cleaner(
    tags=_INLINE,
    clean_content_tags=UNPRINTED,
    attributes=_NOWHERE | {"a": {"href"}},
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
).clean
guard_body = nh3.Cleaner(
    tags=BODY_TAGS,
    clean_content_tags=UNPRINTED,
    attributes=_NOWHERE
    | {"a": {"href"}, "aside": {"class"}, "figure": {"data-photo", "data-embed"}},
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    link_rel=None,
).clean
