"""From the writing screen and the list to the next state, and what the screens say of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import services
from articles.models import Article
from newsroom.models import User
from tests.desk import ADD, change, logged_in, typed
from tests.factories import make_article, make_published, make_ready, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"


@pytest.fixture
def ann() -> User:
    return make_user("writer", first_name="Ann", last_name="Able")


def press(client: Client, article: Article, step: str, **fields: Any) -> str:
    """The page after the button `step` of the writing screen."""
    form = typed(article) | {"_step": step} | fields
    return client.post(change(article), form, follow=True).content.decode()


def bulk(client: Client, action: str, *articles: Article, **fields: Any) -> str:
    chosen = {"_selected_action": [article.pk for article in articles]}
    form = {"action": action, "index": 0, **chosen, **fields}
    return client.post(LIST, form, follow=True).content.decode()


def test_writer_saves_and_sends_to_review_in_one_press(ann: User) -> None:
    article = make_article(created_by=ann)

    page = press(logged_in(ann), article, "submit", headline="Better", note="Figures checked.")

    article.refresh_from_db()
    assert (article.headline, article.status) == ("Better", "review")
    assert "Sent to review." in page
    assert "Figures checked." in page
    assert "<b>Sent to review</b> by Ann Able, today" in page


def test_new_piece_is_sent_to_review_at_once(ann: User) -> None:
    logged_in(ann).post(ADD, typed() | {"_step": "submit"})

    assert Article.objects.get().status == "review"


def test_writer_who_presses_twice_gets_no_refusal(ann: User) -> None:
    article, client = make_article(created_by=ann), logged_in(ann)
    form = typed(article) | {"_step": "submit"}
    client.post(change(article), form)

    again = client.post(change(article), form)
    other = client.post(change(article), form | {"headline": "Something new"})

    assert (again.status_code, other.status_code) == (302, 403)
    assert article.transitions.count() == 1


def test_writer_takes_a_piece_back_and_cannot_write_in_it_before(ann: User) -> None:
    article, client = make_article(created_by=ann), logged_in(ann)
    services.submit(article, by=ann)

    refused = client.post(change(article), typed(article, headline="Late"))
    client.post(f"{LIST}{article.pk}/steps/", {"_step": "recall"})

    article.refresh_from_db()
    assert refused.status_code == 403
    assert (article.status, article.headline != "Late") == ("draft", True)


def test_returning_needs_a_reason_and_saves_what_was_typed(ann: User) -> None:
    article, client = make_article(created_by=ann), logged_in()
    services.submit(article, by=ann)

    page = press(client, article, "return", deck="Edited.")

    article.refresh_from_db()
    assert (article.status, article.deck) == ("review", "Edited.")
    assert "Saved, but not returned to the writer. Say why" in page
    assert "Say why, then press the button again." in page


def test_writer_sees_on_top_why_a_piece_came_back(ann: User) -> None:
    article = make_article(created_by=ann)
    services.submit(article, by=ann)
    eve = make_user(first_name="Eve", last_name="Edge")
    press(logged_in(eve), article, "return", note="Who <says> so?")

    page = logged_in(ann).get(change(article)).content.decode()

    assert "Returned by Eve Edge, today" in page
    assert '<p class="returned__why">Who &lt;says&gt; so?</p>' in page
    services.submit(article, by=ann)
    services.recall(article, by=ann)
    assert "Returned by" not in logged_in(ann).get(change(article)).content.decode()


def test_note_of_a_step_that_failed_is_given_back() -> None:
    article = make_ready(deck="")

    page = press(logged_in(), article, "publish", note="Before the vote")

    assert "Saved, but not published. Add a deck. Your note, which goes with a step" in page
    assert "“Before the vote”" in page


def test_each_role_has_its_buttons_and_one_that_is_primary(ann: User) -> None:
    draft, waiting = make_article(created_by=ann), make_article(created_by=ann)
    services.submit(waiting, by=ann)
    editor, admin = logged_in(), logged_in(role="administrator")

    assert buttons(logged_in(ann), draft) == (["submit"], [])
    assert buttons(editor, draft) == (["publish"], ["submit", "approve"])
    assert buttons(editor, waiting) == (["publish"], ["approve", "return"])
    services.publish(waiting, by=None, override="As agreed")
    assert buttons(admin, waiting) == ([], ["unpublish"])
    ahead = make_published(at=timezone.now() + timedelta(days=1))
    assert buttons(editor, ahead) == ([], ["reschedule", "unpublish"])


def buttons(client: Client, article: Article) -> tuple[list[str], list[str]]:
    """The primary and the quiet steps."""
    page = client.get(change(article)).content.decode()
    found: dict[str, list[str]] = {"primary": [], "quiet": []}
    for part in page.split("<button ")[1:]:
        if 'name="_step"' in part[:120]:
            kind = "primary" if "primary-button" in part[:60] else "quiet"
            found[kind].append(part.split('value="')[1].split('"')[0])
    return found["primary"], found["quiet"]


def test_scheduled_piece_is_published_now_by_its_button() -> None:
    article = make_published(at=timezone.now() + timedelta(days=1))

    press(logged_in(), article, "reschedule")

    assert Article.objects.public().get() == article


def test_selected_pieces_are_approved_and_the_message_says_why_others_were_not(ann: User) -> None:
    sent, out = make_article("Sent", created_by=ann), make_published("Out")
    services.submit(sent, by=ann)

    page = bulk(logged_in(), "approve", sent, out)

    sent.refresh_from_db()
    assert sent.status == "approved"
    assert "Approved: “Sent”. Left as they were: “Out” (it is published)." in page


def test_selected_pieces_are_published_with_the_checks_of_one() -> None:
    whole, bare = make_ready("Whole"), make_ready("Bare", deck="")

    page = bulk(logged_in(), "publish", whole, bare)

    assert list(Article.objects.public()) == [whole]
    assert "Published: “Whole”. Left as they were: “Bare” (add a deck)." in page
    assert whole.transitions.get().action == "publish"


def test_writer_sends_own_selected_pieces_to_review_and_no_others(ann: User) -> None:
    own, other = make_article("Own", created_by=ann), make_article("Other")

    page = bulk(logged_in(ann), "submit", own, other)
    bulk(logged_in(ann), "publish", own, other)

    assert list(Article.objects.order_by("pk").values_list("status", flat=True)) == [
        "review",
        "draft",
    ]
    assert "“Other” (you may not do this with this piece" in page


def test_too_many_at_once_are_refused() -> None:
    Article.objects.bulk_create(Article(headline="X", slug=f"x-{n}") for n in range(101))
    first = Article.objects.order_by("pk")[0]

    page = bulk(logged_in(), "approve", first, select_across=1)

    assert "Nothing was done: choose at most 100 pieces at once." in page
    assert not Article.objects.exclude(status="draft").exists()


def test_list_of_those_who_take_no_steps_has_nothing_to_select() -> None:
    make_article()

    assert "_selected_action" not in logged_in(role="fundraiser").get(LIST).content.decode()
