"""Nothing but the contract's HTML gets in, whichever form it is sent through."""

import pytest

from articles.models import Article, Contributor, Page
from tests.desk import ADD, change, logged_in, typed
from tests.factories import make_article, make_published

pytestmark = pytest.mark.django_db
HOSTILE = (
    '<p onclick="x()">Kept <script>alert(1)</script><img src=x onerror=alert(1)></p>'
    '<a href="javascript:alert(1)">link</a><svg onload=alert(1)></svg><style>*{}</style>'
)
TRACES = ("script", "onclick", "onerror", "javascript", "svg", "style", "<img")


def is_clean(text: str) -> bool:
    return "Kept" in text and not any(trace in text for trace in TRACES)


def test_body_of_a_new_piece_is_cleaned() -> None:
    logged_in().post(ADD, typed(body=HOSTILE))

    assert is_clean(Article.objects.get().body)


def test_body_of_a_changed_piece_is_cleaned() -> None:
    article = make_article()

    logged_in().post(change(article), typed(article, body=HOSTILE))

    article.refresh_from_db()
    assert is_clean(article.body)


def test_notice_is_cleaned_to_one_line() -> None:
    article = make_published()
    notice = {"kind": "correction", "text": HOSTILE, "reason": "Wrong"}

    logged_in().post(f"/admin/articles/article/{article.pk}/notices/", notice)

    assert is_clean(article.notices.get().text)


def test_page_and_biography_are_cleaned() -> None:
    client = logged_in(role="administrator")

    client.post("/admin/articles/page/add/", {"title": "About", "body": HOSTILE})
    client.post("/admin/articles/contributor/add/", {"name": "Ann", "bio": HOSTILE})

    assert is_clean(Page.objects.get().body)
    assert is_clean(Contributor.objects.get().bio)


def test_text_refused_for_another_reason_is_shown_as_text() -> None:
    response = logged_in().post(
        ADD, typed(headline="", body="</textarea><script>alert(1)</script>")
    )

    assert "<script>alert" not in response.content.decode()


def test_body_of_nothing_but_markup_counts_as_missing() -> None:
    article = make_published()

    response = logged_in().post(
        change(article), typed(article, body="<p><br></p><script>x</script>")
    )

    assert "Add a body." in response.content.decode()


def test_paste_comes_back_clean() -> None:
    response = logged_in(role="writer").post("/admin/articles/article/clean/", {"html": HOSTILE})

    assert is_clean(response.content.decode())
    assert response.headers["Content-Type"].startswith("text/plain")


def test_paste_that_is_too_much_is_refused() -> None:
    response = logged_in().post("/admin/articles/article/clean/", {"html": "<p>" * 400_000})

    assert response.status_code == 413
