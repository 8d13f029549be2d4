"""How much may be sent, and what becomes of more."""

import pytest
from django.test import Client

from articles.models import Article
from tests.desk import change, logged_in, typed
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # megabytes take seconds


def test_two_million_characters_of_any_script_are_saved() -> None:
    article = make_article()
    body = f"<p>{'ж' * 1_990_000}</p>"

    answer = logged_in().post(change(article), typed(article, body=body))

    assert answer.status_code == 302
    assert Article.objects.get().body == body


def test_ten_megabytes_are_refused_in_words_and_come_back() -> None:
    article = make_article()

    answer = logged_in().post(change(article), typed(article, body=f"<p>{'x' * 10_000_000}</p>"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This text has 10,000,007 characters; at most 2,000,000 can be saved." in page
    assert len(page) > 10_000_000


def test_nobody_else_sends_much() -> None:
    answer = Client().post("/newsletter/", {"email": "x" * 2_000_000})

    assert answer.status_code == 413


def test_what_cannot_be_read_gets_a_page() -> None:
    client = logged_in()
    client.raise_request_exception = False

    answer = client.post("/admin/articles/article/add/", {"body": "x" * 40_000_000})

    assert answer.status_code == 400
    assert "it is still in your browser" in answer.content.decode()
