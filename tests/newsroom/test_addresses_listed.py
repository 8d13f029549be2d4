"""No address without a decision: each one stands in exactly one table of who may do what."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import RedirectView

from tests.addresses import rows_of
from tests.articles import test_every_address as articles
from tests.articles import test_every_piece as pieces
from tests.donations import test_every_address as donations
from tests.newsletter import test_every_address as newsletter
from tests.newsroom import test_every_address as newsroom

TABLES = [newsroom.TABLE, articles.TABLE, newsletter.TABLE, donations.TABLE]
# Django's own history, before which another one stands at the same address.
SHADOWED = "<path:object_id>/history/"

Address = tuple[str, str, URLPattern]  # name, route, and what is behind it


def patterns(inside: Any, space: str = "", before: str = "") -> Iterator[Address]:
    for one in inside:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else ""
            yield from patterns(one.url_patterns, space + inner, route)
        else:
            yield f"{space}{one.name or ''}", route, one


def every() -> list[Address]:
    return list(patterns(get_resolver().url_patterns))


def listed() -> Counter[str]:
    of_pieces = {line.split()[0] for line in pieces.TABLE.split("\n") if line}
    names = [f"admin:articles_article_{name}" for name in of_pieces]
    return Counter(names + [name for table in TABLES for name in rows_of(table)])


def test_every_address_stands_in_one_table_and_every_row_is_one() -> None:
    names = {name for name, _, one in every() if one.name}

    assert set(listed()) - names == set(), "rows of no address"
    assert names - set(listed()) == set(), "addresses that nobody has decided about"
    assert [name for name, n in listed().items() if n > 1] == []


def test_no_two_addresses_share_a_name() -> None:
    routes = defaultdict(set)
    for name, route, one in every():
        if one.name and not route.endswith(SHADOWED):
            routes[name].add(route)

    assert {name: found for name, found in routes.items() if len(found) > 1} == {}


def test_addresses_without_a_name_are_the_few_of_djangos_desk() -> None:
    """A form's short address, which leads to the form; and whatever is no address of the desk."""
    unnamed = [one for _, _, one in every() if not one.name]

    others = [one for one in unnamed if getattr(one.callback, "view_class", None) != RedirectView]
    assert [str(one.pattern) for one in others] == ["(?P<url>.*)$"]
    assert len(unnamed) == len(admin.site._registry) - n_without_forms() + 1  # noqa: SLF001


def n_without_forms() -> int:
    """Models that have a list at the desk and no form."""
    names = {name for name, _, _ in every()}
    options = [model._meta for model in admin.site._registry]  # noqa: SLF001
    forms = [f"admin:{one.app_label}_{one.model_name}_change" for one in options]
    return sum(form not in names for form in forms)
