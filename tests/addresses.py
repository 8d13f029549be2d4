"""Who may do what at an address: the tables that tests hold the site to."""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.desk import logged_in

# For GET and for POST a table has a letter for each role: y is let in, n is not (403), l must log
# in first; - is for a method that the address has not (405), and . for nothing there (404).
ROLES = ["", "writer", "fundraiser", "editor", "newsletter editor", "administrator"]
OURS = {"newsletter", "articles", "donations", "newsroom", "admin", "procrastinate"}
Addresses = dict[str, str]


def rows_of(table: str) -> dict[str, list[str]]:
    rows = (row.split() for row in table.split("\n") if row)
    return {name: answers for name, *answers in rows}


def names_under(*prefixes: str) -> list[str]:
    """The names of all addresses that begin so."""
    return [name for name in named(get_resolver().url_patterns) if name.startswith(prefixes)]


def named(patterns: Any, space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, space + inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name


def address(name: str, *choices: list[Any]) -> str:
    """With the first of `choices` that it takes as its arguments."""
    for args in choices:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def answers(addresses: Addresses) -> dict[str, list[str]]:
    """What each role gets at each address, as in a table; nothing stays changed."""
    visitors = [logged_in(role=role) if role else Client() for role in ROLES]
    methods: list[Callable[[Client, str], HttpResponseBase]] = [
        lambda visitor, url: visitor.get(url),
        lambda visitor, url: visitor.post(url),
    ]
    found: dict[str, list[str]] = {}
    for name, url in addresses.items():
        for method in methods:
            letters = "".join(letter(method, visitor, url) for visitor in visitors)
            is_missing = set(letters) in ({"-"}, {"-", "l"})
            found.setdefault(name, []).append("-" if is_missing else letters)
    return found


def letter(method: Callable[[Client, str], HttpResponseBase], visitor: Client, url: str) -> str:
    with transaction.atomic():
        response = method(visitor, url)
        let_go(response)
        transaction.set_rollback(True)
    if response.headers.get("Location", "").startswith("/admin/login/"):
        return "l"
    return {403: "n", 404: ".", 405: "-"}.get(response.status_code, "y")


def let_go(response: Any) -> None:
    """Read what streams to its end, where the client closes the file behind it.

    To close the answer itself would close the database as well.
    """
    for _ in response.streaming_content if response.streaming else []:
        pass


def stored(*but: type[models.Model]) -> dict[str, list[Any]]:
    """All that looking must not change."""
    every = [m for m in apps.get_models(include_auto_created=True) if m not in but]
    found = [m for m in every if m._meta.app_label in OURS]  # noqa: SLF001
    return {m.__name__: list(QuerySet(m).order_by("pk").values()) for m in found}
