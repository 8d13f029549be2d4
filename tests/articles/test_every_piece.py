"""Who may do what with every kind of piece, at every address of one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Notice
from articles.services import revising, sharing
from newsroom.models import User
from tests.addresses import address, letter, names_under
from tests.articles.test_every_address import is_of_a_piece
from tests.desk import logged_in
from tests.factories import make_article, make_published, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes two thousand requests

# Columns: what GET, then what POST answers for each of KINDS: as in tests/addresses.py, and r for
# “leads elsewhere”. All but the second kind were begun by the one who asks. A row is for the roles
# that it names by their letters.
TABLE = """
checks         w     -------- ynnnnnnn
checks         fn    -------- nnnnnnnn
checks         ea    -------- yyyyyyyn
preview        w     yyyyyyyy ynnnnnnn
preview        fn    yyyyyyyy nnnnnnnn
preview        ea    yyyyyyyy yyyyyyyn
preview_page   wfena yyyyyyyy --------
revision       w     ynyyyyyy --------
revision       fn    nnnnnnnn --------
revision       ea    yyyyyyyy --------
compare        w     ynyyyyyy --------
compare        fn    nnnnnnnn --------
compare        ea    yyyyyyyy --------
restore        w     -------- .nnnnnnn
restore        fn    -------- nnnnnnnn
restore        ea    -------- .......n
share          w     ynnnnnnn ynnnnnnn
share          fn    nnnnnnnn nnnnnnnn
share          ea    yyyyyyyn yyyyyyyn
revoke         w     -------- ynnnnnnn
revoke         fn    -------- nnnnnnnn
revoke         ea    -------- yyyyyyyn
steps          wfena yyyyyyyy yyyyyyyy
presence       w     -------- ynnnnnnn
presence       fn    -------- nnnnnnnn
presence       ea    -------- yyyyyyyn
notices        wfn   nnnnnnnn nnnnnnnn
notices        ea    yyyyyyyy yyyyyyyy
replace_notice wfn   nnnnnnnn nnnnnnnn
replace_notice ea    yyyyyyyy yyyyyyyy
kill           wfen  nnnnnnnn nnnnnnnn
kill           a     yyyyyyyy yyyyyyyy
history        w     ynyyyyyy --------
history        fn    nnnnnnnn --------
history        ea    yyyyyyyy --------
delete         wfn   nnnnnnnn nnnnnnnn
delete         ea    yyyynnnn yyyynnnn
change         w     yrrrrrrr ynnnnnnn
change         fn    rrrrrrrr nnnnnnnn
change         ea    yyyyyyyr yyyyyyyn
"""
ROLES = {
    "w": "writer",
    "f": "fundraiser",
    "e": "editor",
    "n": "newsletter editor",
    "a": "administrator",
}


def kinds(user: User) -> dict[str, Article]:
    """The pieces of TABLE's columns, begun by `user` but for one."""
    now = timezone.now()
    day = timedelta(days=1)
    return {
        "draft": make_article(created_by=user),
        "of another": make_article(created_by=make_user("writer")),
        "in review": make_article(created_by=user, status="review"),
        "approved": make_article(created_by=user, status="approved"),
        "scheduled": make_published(created_by=user, at=now + day),
        "published": make_published(created_by=user, at=now - day),
        "over": make_published(created_by=user, at=now - 2 * day, published_until=now - day),
        "killed": make_published(created_by=user, at=now - day, status="killed"),
    }


def addresses(article: Article) -> dict[str, str]:
    """Of every name that is of one piece, with something behind it."""
    now = timezone.now()
    revising.begin([article])
    link = sharing.share(article, by=make_user())
    notice = Notice.objects.create(article=article, kind="update", at=now)
    hanging = {
        "admin:articles_article_revision": article.revisions.get().pk,
        "admin:articles_article_revoke": link.pk,
        "admin:articles_article_replace_notice": notice.pk,
    }
    names = filter(is_of_a_piece, names_under("admin:articles_article_"))
    return {name: address(name, [article.pk], [article.pk, hanging.get(name)]) for name in names}


def answers(role: str) -> dict[str, list[str]]:
    """What GET and POST answer at each address, a letter for each kind of piece."""
    user = make_user(role)
    visitor = logged_in(user)
    every = [addresses(article) for article in kinds(user).values()]
    return {
        name: [
            "".join(asked(visitor.get, visitor, one[name]) for one in every),
            "".join(asked(visitor.post, visitor, one[name]) for one in every),
        ]
        for name in every[0]
    }


def asked(method: Callable[..., Any], visitor: Client, url: str) -> str:
    found: list[Any] = []

    def ask(visitor: Client, url: str) -> Any:
        found.append(method(url))
        return found[0]

    said = letter(ask, visitor, url)
    return "r" if method == visitor.get and found[0].status_code == 302 else said


def expected(role: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of TABLE that name `role` by its letter."""
    for line in filter(None, TABLE.split("\n")):
        name, roles, *columns = line.split()
        if role in roles:
            yield f"admin:articles_article_{name}", columns


@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_every_kind_of_piece(role: str) -> None:
    assert answers(ROLES[role]) == dict(expected(role))


def test_strangers_are_sent_to_the_login_from_all_of_them() -> None:
    for url in addresses(make_published()).values():
        for method in ("get", "post"):
            response = getattr(Client(), method)(url)
            assert response.headers["Location"].startswith("/admin/login/"), url
