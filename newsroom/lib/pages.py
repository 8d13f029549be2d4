"""What views say of their answers, so that finished pages can be kept (newsroom/pages)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])
UNFINISHED = "newsroom.unfinished"
UNREAD = "newsroom.unread"
KEYS = "newsroom.keys"


def kept(*names: str) -> Callable[[View], View]:
    """Mark a view whose answer to GET is the same for everybody until something changes.

    names: what it reads of the query; it does not get to see anything else.
    """

    def mark(view: View) -> View:
        view.query_names = names  # type: ignore[attr-defined]
        return view

    return mark


def leave_unfinished(request: HttpRequest) -> None:
    """Have this answer not kept: something is missing from it, which may be there at once."""
    request.META[UNFINISHED] = True


def leave_unread(request: HttpRequest) -> None:
    """The database failed: another one may be asked, if there is any."""
    request.META[UNREAD] = True


def tell_keys(request: HttpRequest, *keys: str) -> None:
    """By which names caches may be asked to drop the answer, besides those of its address."""
    request.META[KEYS] = (*request.META.get(KEYS, ()), *keys)
