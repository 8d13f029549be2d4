"""Which views show the publication's name, sections and pages."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def without_publication(view: View) -> View:
    """Marks a view that shows nothing of the publication, and so saves its query."""
    view.is_without_publication = True  # type: ignore[attr-defined]
    return view
