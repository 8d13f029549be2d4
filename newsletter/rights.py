"""Letters that have left, without the photos that may no longer be shown."""

import re
from collections.abc import Iterable
from typing import Any

from articles.models import Photo
from newsletter.content import Content


def expired(contents: Iterable[Content]) -> set[str]:
    """The tokens of expired photos under which these letters show them; at most 1 query."""
    shown = [photo for content in contents for photo in content.get("photos", {}).items()]
    wanted = {int(pk) for pk, _ in shown}
    over = set(Photo.objects.expired().filter(pk__in=wanted).values_list("pk", flat=True))
    return {token for pk, token in shown if int(pk) in over}


def without(content: Any, tokens: set[str]) -> Any:
    """`content`, or a part of it, with nothing at addresses of these tokens."""
    if not tokens:
        return content
    address = rf"[^\"]*/photos/(?:{'|'.join(map(re.escape, tokens))})/"
    figure = re.compile(rf'<figure><img src="{address}.*?</figure>', re.DOTALL)

    def kept(part: Any) -> Any:
        match part:
            case {"src": str(src)} if re.match(address, src):
                return None
            case dict():
                return {name: kept(value) for name, value in part.items()}
            case list():
                return [kept(value) for value in part]
            case str():
                return figure.sub("", part)
        return part

    return kept(content)
