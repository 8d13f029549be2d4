"""Two people, or one impatient person, save the same piece."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from newsroom.models import User
from tests.desk import ADD, change, logged_in, rows, typed
from tests.factories import make_article, make_contributor, make_ready, make_section, make_user

pytestmark = pytest.mark.django_db
THREE = "<p>One is here.</p><p>Two is here.</p><p>Three.</p>"


def hidden(page: str) -> dict[str, list[str]]:
    """What a screen of choices sends back of what was typed."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    sent: dict[str, list[str]] = {}
    for name, value in found:
        sent.setdefault(name, []).append(html.unescape(value))
    return sent


def questions(page: str) -> list[str]:
    return re.findall(r'<fieldset class="clash" id="([^"]*)"', page)


@pytest.fixture
def mary() -> User:
    return make_user(username="mary", first_name="Mary", last_name="Smith")


@pytest.fixture
def article(mary: User) -> Article:
    """Mary has saved another headline, another second paragraph and another section."""
    article = make_ready("Old headline", body=THREE)
    article.stale = typed(article)  # type: ignore[attr-defined]  # as both opened it
    hers = {"headline": "Her headline", "section": make_section("Asia").pk}
    body = THREE.replace("Two is here", "Two was there")
    logged_in(mary).post(change(article), typed(article, body=body, **hers))
    article.refresh_from_db()
    return article


def save(article: Article, client: Client | None = None, **fields: Any) -> Any:
    """The answer to a save of the form as it stood before Mary's."""
    return (client or logged_in()).post(change(article), article.stale | fields)  # type: ignore[attr-defined]


def test_edits_of_different_fields_and_paragraphs_merge_and_are_told(article: Article) -> None:
    client = logged_in()

    response = save(article, client, deck="Mine.", body=THREE.replace("Three", "Drei"))

    assert response.status_code == 302
    told = "Merged with what Mary Smith saved today"
    page = client.get(response.headers["Location"]).content.decode()
    assert re.search(rf"{told} \d+:\d\d: headline, body, section\.", page)
    article.refresh_from_db()
    assert (article.headline, article.deck, str(article.section)) == (
        "Her headline",
        "Mine.",
        "Asia",
    )
    assert article.body == "<p>One is here.</p><p>Two was there.</p><p>Drei.</p>"


def test_two_edits_of_one_field_show_both_and_the_ancestor(article: Article) -> None:
    response = save(article, headline="My headline", body=THREE.replace("Two is", "Two are"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mary Smith saved this piece today" in page
    assert "Old headline" in page
    assert "<del>Old</del> <ins>Her</ins> headline" in page
    assert "<del>Old</del> <ins>My</ins> headline" in page
    assert "Two <del>is here.</del> <ins>was there.</ins>" in page
    assert "Two <del>is</del> <ins>are</ins> here." in page
    assert "after “…One is here.”" in page
    assert len(questions(page)) == 2
    article.refresh_from_db()
    assert (article.headline, article.version) == ("Her headline", 2)


@pytest.mark.parametrize(
    ("choice", "headline", "body"),
    [
        ("theirs", "Her headline", "<p>Two was there.</p>"),
        ("mine", "My headline", "<p>Two are here.</p>"),
        ("both", "My headline", "<p>Two was there.</p><p>Two are here.</p>"),
    ],
)
def test_chosen_text_is_saved_and_the_other_stays_in_the_history(
    article: Article, choice: str, headline: str, body: str
) -> None:
    client = logged_in()
    mine = {"headline": "My headline", "body": THREE.replace("Two is", "Two are"), "deck": "Mine."}
    page = save(article, client, **mine).content.decode()
    choices = dict.fromkeys(questions(page), choice)
    choices["choice-headline"] = "mine" if choice == "both" else choice

    response = client.post(change(article), hidden(page) | choices)

    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.deck, str(article.section)) == (headline, "Mine.", "Asia")
    assert article.body == f"<p>One is here.</p>{body}<p>Three.</p>"
    aside = article.revisions.filter(is_aside=True)
    left_out = [("My headline", 1)] if choice == "theirs" else []
    assert [(one.content["headline"], one.version) for one in aside] == left_out
    assert article.revisions.content_at(2)["headline"] == "Her headline"  # type: ignore[index]


def test_one_button_decides_the_rest(article: Article) -> None:
    client = logged_in()
    mine = {"headline": "My headline", "body": THREE.replace("Two is", "Two are")}
    page = save(article, client, **mine).content.decode()
    rest = {"choice-headline": "theirs", "choice-rest": "mine"}

    client.post(change(article), hidden(page) | rest)

    article.refresh_from_db()
    assert (article.headline, article.body) == ("Her headline", mine["body"])


def test_choice_that_is_missing_is_asked_for_again_and_keeps_the_others(article: Article) -> None:
    client = logged_in()
    mine = {"headline": "My headline", "body": THREE.replace("Two is", "Two are")}
    page = save(article, client, **mine).content.decode()

    again = client.post(change(article), hidden(page) | {"choice-headline": "mine"})

    assert again.status_code == 409
    assert 'name="choice-headline" value="mine" checked' in again.content.decode()
    assert hidden(again.content.decode()) == hidden(page) | {
        "csrfmiddlewaretoken": hidden(again.content.decode())["csrfmiddlewaretoken"]
    }


def test_choice_made_before_yet_another_save_counts_no_more(article: Article, mary: User) -> None:
    client = logged_in()
    page = save(article, client, headline="My headline").content.decode()
    logged_in(mary).post(change(article), typed(article, headline="Third headline"))

    again = client.post(change(article), hidden(page) | {"choice-headline": "mine"})

    assert again.status_code == 409
    assert "Third" in again.content.decode()
    assert client.post(
        change(article), hidden(again.content.decode()) | {"choice-headline": "mine"}
    ).headers["Location"] == change(article)
    article.refresh_from_db()
    assert article.headline == "My headline"


def test_kicker_whose_tag_somebody_took_away_is_asked_about() -> None:
    article, client = make_article(), logged_in()
    client.post(change(article), typed(article, tag_list="a, b", kicker_name="a"))
    article.refresh_from_db()
    stale = typed(article)
    client.post(change(article), typed(article, tag_list="a", kicker_name="a"))

    page = client.post(change(article), stale | {"kicker_name": "b"}).content.decode()
    wrong = {"choice-tags": "theirs", "choice-kicker": "mine"}
    again = client.post(change(article), hidden(page) | wrong)
    right = {"choice-tags": "mine", "choice-kicker": "mine"}
    done = client.post(change(article), hidden(again.content.decode()) | right)

    assert questions(page) == ["choice-tags", "choice-kicker"]
    assert again.status_code == 409
    assert "“b” is not among the tags of this piece" in again.content.decode()
    assert done.status_code == 302
    article.refresh_from_db()
    assert str(article.kicker) == "b"


def test_bylines_of_both_are_kept_if_somebody_says_so() -> None:
    ann, bob, cy = (make_contributor(name) for name in ("Ann Able", "Bob Brown", "Cy Coe"))
    article, client = make_article(contributors=[ann]), logged_in()
    stale = typed(article)
    for name in (bob, cy):
        form = stale | rows("bylines", contributor=[ann, name], role=["", "Photos by"])
        page = client.post(change(article), form).content.decode()
    client.post(change(article), hidden(page) | {"choice-bylines": "both"})

    assert [str(name) for name in article.bylines.all()] == [
        "Ann Able",
        "Photos by Bob Brown",
        "Photos by Cy Coe",
    ]


def test_step_that_was_asked_for_is_taken_after_the_choice(article: Article) -> None:
    client = logged_in()
    page = save(article, client, headline="My headline", _step="publish").content.decode()

    client.post(change(article), hidden(page) | {"choice-headline": "mine"})

    article.refresh_from_db()
    assert (article.headline, article.status) == ("My headline", Article.Status.PUBLISHED)


def test_time_that_somebody_else_has_set_is_not_taken_back() -> None:
    article, client = make_article(), logged_in()
    stale = typed(article) | {"was-publish_at": ""}
    time = {"publish_at_0": "2034-12-06", "publish_at_1": "09:00"}
    client.post(change(article), stale | time)

    merged = client.post(change(article), stale | {"deck": "Mine."})
    other = stale | {"publish_at_0": "2034-12-07", "publish_at_1": "09:00"}
    asked = client.post(change(article), other)

    assert (merged.status_code, asked.status_code) == (302, 409)
    assert "Thu 7 Dec 2034, 9:00 a.m." in asked.content.decode()
    article.refresh_from_db()
    assert f"{article.published_at:%d}" == "06"


def test_step_of_somebody_else_is_no_collision() -> None:
    article, client = make_ready("Old headline"), logged_in()
    stale = typed(article)
    client.post(change(article), stale | {"_step": "publish"})

    response = client.post(change(article), stale | {"headline": "New", "deck": "Mine."})

    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.status) == ("New", Article.Status.PUBLISHED)


def test_same_content_twice_is_no_collision() -> None:
    article, client = make_article(), logged_in()
    form = typed(article, headline="New", tag_list="b, A", kicker_name="A", slug="")
    form |= rows("bylines", contributor=[make_contributor("Ann Able")], role=[""])

    first, second = client.post(change(article), form), client.post(change(article), form)

    assert (first.status_code, second.status_code) == (302, 302)
    article.refresh_from_db()
    assert (article.version, article.bylines.count(), article.revisions.count()) == (2, 1, 2)


def test_form_without_a_version_cannot_overwrite() -> None:
    article = make_article("Old headline")

    response = logged_in().post(change(article), typed(article, headline="New", version=""))

    assert response.status_code == 409


def test_new_piece_sent_twice_is_made_once() -> None:
    client = logged_in()
    form = typed(headline="Once")

    first, second = client.post(ADD, form), client.post(ADD, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.count() == 1
    assert Article.objects.get().version == 1


def test_new_piece_sent_again_is_saved_as_it_is_now() -> None:
    client, form = logged_in(), typed(headline="Once", tag_list="a", deck="What it says.")

    client.post(ADD, form)
    answer = client.post(ADD, form | {"tag_list": "b, c", "_step": "submit"})

    assert answer.status_code == 302
    article = Article.objects.get()
    assert {tag.name for tag in article.tags.all()} == {"b", "c"}
    assert article.status == Article.Status.REVIEW


def test_writer_who_submits_a_new_piece_twice_has_one_in_review() -> None:
    client, form = logged_in(role="writer"), typed(headline="Once", _step="submit")

    answers = [client.post(ADD, form, follow=True) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Article.objects.get().status == Article.Status.REVIEW


def test_new_piece_sent_again_meets_what_others_have_saved_since() -> None:
    client, form = logged_in(), typed(headline="Once", tag_list="a")
    client.post(ADD, form)
    article = Article.objects.get()
    logged_in().post(change(article), typed(article, deck="Hers."))

    client.post(ADD, form | {"tag_list": "b"})

    article.refresh_from_db()
    assert (article.deck, [tag.name for tag in article.tags.all()]) == ("Hers.", ["b"])
