"""Withdrawing a piece, and what stands at its address then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles import services
from articles.models import Article
from tests.desk import change, logged_in
from tests.factories import make_article, make_published

pytestmark = pytest.mark.django_db
SURE = {"reason": "Forged letter", "notice": "A <b>forgery</b>.<script>x</script>", "is_sure": "on"}


def screen(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/kill/"


def killed(**fields: str) -> Article:
    article = make_published("Secret headline")
    services.kill(article, by=None, note="Wrong", notice=fields.get("notice", ""))
    return article


def test_administrator_kills_with_a_reason_and_a_second_confirmation() -> None:
    article, client = make_published(), logged_in(role="administrator")

    asked = client.post(screen(article), SURE | {"reason": " ", "is_sure": ""})
    done = client.post(screen(article), SURE, follow=True).content.decode()

    assert asked.status_code == 422
    for words in ("Say why; the log will need it.", "Tick this to confirm.", "forgery"):
        assert words in asked.content.decode()
    article.refresh_from_db()
    assert (article.status, article.kill_notice) == ("killed", "A <strong>forgery</strong>.")
    assert article.transitions.get(action="kill").note == "Forged letter"
    assert "Killed. No page shows it any more." in done


@pytest.mark.parametrize("role", ["writer", "editor", "newsletter editor", "fundraiser"])
def test_nobody_else_kills(role: str) -> None:
    article, client = make_published(), logged_in(role=role)

    assert client.get(screen(article)).status_code == 403
    assert client.post(screen(article), SURE).status_code == 403
    assert Article.objects.public().exists()


def test_looking_at_the_question_kills_nothing() -> None:
    article = make_published()

    page = logged_in(role="administrator").get(screen(article)).content.decode()

    assert "Correct it instead." in page
    assert Article.objects.public().exists()


def test_what_was_never_public_is_not_killed() -> None:
    article = make_article()

    logged_in(role="administrator").post(screen(article), SURE)

    assert Article.objects.get().status == "draft"


def test_address_of_a_killed_piece_answers_gone_with_the_notice() -> None:
    article = killed(notice="The letter was <em>forged</em>.")

    page = Client().get(article.get_absolute_url())
    rest = Client().get(f"{article.get_absolute_url()}rest/")

    assert (page.status_code, rest.status_code) == (410, 410)
    assert "The letter was <em>forged</em>." in page.content.decode()
    for response in (page, rest):
        assert "Secret headline" not in response.content.decode()
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "public, max-age=60"


def test_piece_whose_time_is_over_says_so() -> None:
    end = timezone.now() - timedelta(minutes=1)
    article = make_published(at=end - timedelta(days=1), published_until=end)

    page = Client().get(article.get_absolute_url())

    assert page.status_code == 410
    assert "that time is over" in page.content.decode()


@pytest.mark.parametrize("then", ["revive", "unpublish"])
def test_what_is_a_draft_again_is_just_not_there(then: str) -> None:
    article = make_published() if then == "unpublish" else killed()
    getattr(services, then)(article, by=None, note="Legal says yes")

    assert Client().get(article.get_absolute_url()).status_code == 404


def test_former_address_of_a_killed_piece_answers_gone_too() -> None:
    article = make_published(slug="old")
    former = article.get_absolute_url()
    article.slug = "new"
    services.write(article, services.Belongings([], "", [], []), by=None)
    services.kill(article, by=None, note="Wrong")

    assert Client().get(former).status_code == 410


def test_killed_piece_is_not_written_in_and_lands_on_its_steps() -> None:
    article = killed()

    for role in ("editor", "administrator"):
        client = logged_in(role=role)
        assert client.get(change(article)).headers["Location"].endswith("/steps/")
        assert client.post(change(article), {"headline": "New"}).status_code == 403


def test_notice_is_changed_and_the_piece_made_a_draft_again() -> None:
    article, client = killed(), logged_in(role="administrator")

    client.post(screen(article), {"reason": "Clearer", "notice": "In other words."})
    assert "In other words." in Client().get(article.get_absolute_url()).content.decode()
    steps = f"/admin/articles/article/{article.pk}/steps/"
    client.post(steps, {"_step": "revive"})
    assert Article.objects.get().status == "killed"
    client.post(steps, {"_step": "revive", "note": "Legal says yes"})

    assert Article.objects.get().status == "draft"
    assert [entry.action for entry in article.transitions.all()][:2] == ["revive", "reword"]
