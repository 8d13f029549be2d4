"""What the rest of the site tells about itself, as appeals know no other app.

The setting DONATIONS_SURROUNDINGS names the object.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from donations.facts import Page


@dataclass(frozen=True)
class Name:
    slug: str
    name: str


@dataclass(frozen=True)
class RealPage:
    """A page of the site; `weight` is its guessed share of page views, beside the others."""

    path: str
    title: str
    page: Page
    weight: float


class Surroundings(Protocol):
    def names(self, part: str) -> list[Name]:
        """All sections, formats, series or tags (`part`, in the singular), by name; 1 query."""

    def pages(self, at: datetime) -> list[RealPage]:
        """The front page, lists, and what was published last, in that order; 3 queries."""

    def page(self, path: str, at: datetime) -> RealPage | None:
        """The public page at `path`, if it is one that may carry an appeal."""

    def titles(self, articles: list[int]) -> dict[int, str]:
        """Headlines by number; 1 query."""


def here() -> Surroundings:
    return cast("Surroundings", import_string(settings.DONATIONS_SURROUNDINGS))
