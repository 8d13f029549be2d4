"""What is typed and not saved is kept for whoever typed it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import services, tasks
from articles.models import Article, Autosave
from articles.services import keeping
from newsroom.models import User
from tests.desk import ADD, change, logged_in, rows, typed
from tests.factories import make_article, make_contributor, make_user

pytestmark = pytest.mark.django_db
AUTOSAVE = "/admin/articles/article/autosave/"
KEPT = "/admin/articles/article/kept/"


@pytest.fixture
def jo() -> User:
    return make_user("editor", username="jo", first_name="Jo", last_name="Doe")


@pytest.fixture
def client(jo: User) -> Client:
    return logged_in(jo)


def opened(client: Client, address: str) -> str:
    """The token of a form that is opened at `address`."""
    page = client.get(address).content.decode()
    found = re.search(r'name="opened" value="([^"]+)"', page)
    assert found, page
    return found[1]


def form(client: Client, article: Article | None = None, **fields: Any) -> dict[str, Any]:
    """What the writing screen would send."""
    address = change(article) if article else ADD
    return typed(article, **fields) | {"opened": opened(client, address)}


def offer(client: Client, address: str) -> str:
    """The part of a writing screen that offers a text; "" if there is none."""
    page = client.get(address).content.decode()
    found = re.search(r'<div class="offer".*?</details>', page, re.DOTALL)
    return found[0] if found else ""


def test_typed_text_is_kept_in_few_queries_and_others_see_nothing(client: Client) -> None:
    article = make_article("Old headline")
    sent = form(client, article, headline="New headline", body="<p>With \x00.</p>")
    sent["extra\x00"] = "Some.\x00"

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.post(AUTOSAVE, sent)
    client.post(AUTOSAVE, sent | {"headline": "Newer headline"})

    assert len(queries) <= 5
    kept = Autosave.objects.get()
    assert abs(kept.saved_at - timezone.now()) < timedelta(minutes=1)
    assert answer.content.decode()[:10] == f"{kept.saved_at:%Y-%m-%d}"
    assert (str(kept), kept.article) == ("Newer headline", article)
    assert kept.typed["extra"] == ["Some."]
    article.refresh_from_db()
    assert (article.headline, article.version) == ("Old headline", 1)
    assert offer(logged_in(), change(article)) == ""


def test_reopening_offers_what_was_typed_with_time_and_differences(client: Client) -> None:
    article = make_article("Old headline", body="<p>One is here.</p>")
    body = "<p>One is there.</p>"
    client.post(AUTOSAVE, form(client, article, headline="New headline", body=body))

    page = client.get(change(article)).content.decode()

    assert re.search(r"You have text of today \d+:\d\d that was not saved", page)
    assert "<del>Old</del> <ins>New</ins> headline" in page
    assert "One is <del>here.</del> <ins>there.</ins>" in page
    kept = Autosave.objects.get()
    used = client.get(change(article), {"kept": kept.pk}).content.decode()
    assert ">\nNew headline</textarea>" in used
    assert 'class="errorlist' not in used
    assert "<ins>New</ins>" in offer(client, change(article))  # still there until it is saved


def test_text_that_is_used_and_saved_is_offered_no_more(client: Client) -> None:
    article = make_article("Old headline")
    client.post(AUTOSAVE, form(client, article, headline="New headline"))
    kept = Autosave.objects.get()
    token = opened(client, f"{change(article)}?kept={kept.pk}")

    client.post(change(article), typed(article, headline="New headline", opened=token))

    article.refresh_from_db()
    assert article.headline == "New headline"
    assert not Autosave.objects.exists()


def test_kept_text_merges_with_what_others_have_saved_since(client: Client) -> None:
    article = make_article("Old headline", deck="Old.")
    sent = form(client, article, headline="New headline")
    client.post(AUTOSAVE, sent)
    logged_in().post(change(article), typed(article, deck="Hers."))
    kept = Autosave.objects.get()

    page = client.get(change(article), {"kept": kept.pk}).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    client.post(change(article), sent | {"version": version[1]})  # type: ignore[index]

    assert version
    assert version[1] == "1"
    article.refresh_from_db()
    assert (article.headline, article.deck) == ("New headline", "Hers.")


def test_text_that_is_saved_already_is_not_offered(client: Client) -> None:
    article = make_article("Old headline")
    sent = form(client, article, headline="New headline")
    client.post(change(article), sent)
    client.post(AUTOSAVE, sent)  # was on its way when the button was pressed

    assert offer(client, change(article)) == ""


def test_text_is_offered_however_many_say_nothing_after_it(client: Client) -> None:
    article = make_article("Old headline")
    client.post(AUTOSAVE, form(client, article, headline="New headline"))
    for _ in range(12):
        client.post(AUTOSAVE, form(client, article))

    assert "<ins>New</ins>" in offer(client, change(article))


def test_two_windows_of_one_person_do_not_mix(client: Client) -> None:
    article = make_article()
    first, second = (form(client, article, headline=headline) for headline in ("One", "Two"))
    for sent in (first, second):
        client.post(AUTOSAVE, sent)

    client.post(change(article), second)

    assert [str(kept) for kept in Autosave.objects.all()] == ["One"]


def test_text_that_goes_on_in_a_second_window_is_two_texts(client: Client) -> None:
    article = make_article("Old headline")
    first = form(client, article, headline="One")
    client.post(AUTOSAVE, first)
    address = f"{change(article)}?kept={Autosave.objects.get().pk}"
    second = first | {"headline": "Two", "opened": opened(client, address)}
    client.post(AUTOSAVE, first | {"headline": "One and more"})
    client.post(AUTOSAVE, second)

    client.post(change(article), second)

    article.refresh_from_db()
    assert article.headline == "Two"
    assert [str(kept) for kept in Autosave.objects.all()] == ["One and more"]


def test_kept_text_that_is_only_looked_at_stays_in_its_form(client: Client) -> None:
    article = make_article("Old headline")
    sent = form(client, article, headline="One")
    client.post(AUTOSAVE, sent)
    client.get(f"{change(article)}?kept={Autosave.objects.get().pk}")

    client.post(AUTOSAVE, sent | {"headline": "Two"})

    assert [str(kept) for kept in Autosave.objects.all()] == ["Two"]


def test_text_that_is_gone_on_with_can_be_reloaded(client: Client) -> None:
    article = make_article("Old headline")
    client.post(AUTOSAVE, form(client, article, headline="One"))
    address = f"{change(article)}?kept={Autosave.objects.get().pk}"

    for headline in ("Two", "Three"):
        token = opened(client, address)
        client.post(AUTOSAVE, typed(article, headline=headline, opened=token))

    assert [str(kept) for kept in Autosave.objects.all()] == ["Three"]
    assert ">\nThree</textarea>" in client.get(address).content.decode()


def test_refused_text_stays_for_thirty_days_and_can_be_taken_up_again(client: Client) -> None:
    article = make_article()
    client.post(AUTOSAVE, form(client, article, headline="New headline"))
    kept = Autosave.objects.get()

    answer = client.post(f"{KEPT}{kept.pk}/refuse/", follow=True)

    assert "It stays for 30 days" in answer.content.decode()
    assert offer(client, change(article)) == ""
    assert "New headline" in client.get(KEPT).content.decode()
    assert "New headline" in client.get(f"{KEPT}{kept.pk}/").content.decode()
    assert "New headline" in client.get(change(article), {"kept": kept.pk}).content.decode()
    refused_at = timezone.now() - timedelta(days=30, minutes=-1)
    Autosave.objects.update(refused_at=refused_at)
    tasks.forget(0)
    assert Autosave.objects.exists()
    Autosave.objects.update(refused_at=refused_at - timedelta(minutes=2))
    tasks.forget(0)
    assert not Autosave.objects.exists()


def test_text_of_a_new_piece_is_offered_to_its_writer(client: Client) -> None:
    sent = form(client, headline="", deck="", body="<p>A beginning.</p>", section="")
    sent |= rows("bylines", contributor=["Jo Nobody"], role=[""])
    client.post(AUTOSAVE, sent)

    shown = offer(client, ADD)
    kept = Autosave.objects.get()
    read = client.get(f"{KEPT}{kept.pk}/").content.decode()
    used = client.get(ADD, {"kept": kept.pk}).content.decode()
    client.post(ADD, form(client, headline="Whole"))
    token = opened(client, f"{ADD}?kept={kept.pk}")
    client.post(ADD, typed(headline="Begun", opened=token))

    assert "Jo Nobody" in shown
    for page in (shown, read, used):
        assert "A beginning." in page
    assert set(Article.objects.values_list("headline", flat=True)) == {"Whole", "Begun"}
    assert not Autosave.objects.exists()


def test_text_of_a_deleted_piece_becomes_one_of_a_new_piece(client: Client) -> None:
    article = make_article()
    sent = form(client, article, headline="New headline")
    client.post(AUTOSAVE, sent)
    article.delete()

    client.post(AUTOSAVE, sent | {"deck": "More."})

    shown = offer(client, ADD)
    assert "New headline" in shown
    assert "of a piece that has been deleted" in shown
    assert "Of a piece that has been deleted" in client.get(KEPT).content.decode()


@pytest.mark.parametrize("step", [{}, {"_step": "publish"}])
def test_save_of_a_deleted_piece_goes_on_as_a_new_one(client: Client, step: dict[str, str]) -> None:
    article = make_article()
    sent = form(client, article, headline="Long work") | step
    article.delete()

    answer = client.post(change(article), sent)

    kept = Autosave.objects.get()
    assert answer.headers["Location"] == f"{ADD}?kept={kept.pk}"
    page = client.get(answer.headers["Location"]).content.decode()
    assert ">\nLong work</textarea>" in page
    assert "The piece has been deleted; saving makes a new one." in page
    client.post(ADD, sent | {"opened": opened(client, answer.headers["Location"])})
    assert Article.objects.get().headline == "Long work"
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "7-0-abc~x"])
def test_only_forms_that_we_opened_are_kept(client: Client, token: str) -> None:
    assert client.post(AUTOSAVE, typed(opened=token)).status_code == 403
    assert not Autosave.objects.exists()


def test_save_that_comes_back_with_a_question_is_kept(client: Client) -> None:
    article = make_article("Old headline")
    sent = form(client, article, headline="", deck="New deck.")

    answer = client.post(change(article), sent)

    assert answer.status_code == 422
    assert "New deck." in client.get(f"{KEPT}{Autosave.objects.get().pk}/").content.decode()


def test_kept_text_is_for_its_owner_alone(client: Client) -> None:
    article, other = make_article(), logged_in()
    sent = form(client, article, headline="Mine alone")
    client.post(AUTOSAVE, sent)
    kept = Autosave.objects.get()

    answers = [other.get(f"{KEPT}{kept.pk}/"), other.post(f"{KEPT}{kept.pk}/refuse/")]
    answers.append(other.post(AUTOSAVE, sent | {"headline": "Theirs"}))

    assert [answer.status_code for answer in answers] == [404, 404, 403]
    for address in (KEPT, change(article), f"{change(article)}?kept={kept.pk}"):
        assert "Mine alone" not in other.get(address).content.decode()
    assert client.get(f"{KEPT}{kept.pk}/refuse/").status_code == 405
    kept.refresh_from_db()
    assert kept.refused_at is None


@pytest.mark.parametrize("headline", ["", "Old headline"])
def test_save_without_a_session_comes_back_after_the_login(client: Client, headline: str) -> None:
    article = make_article(headline) if headline else None
    sent = form(client, article, headline="New headline")
    address = change(article) if article else ADD
    client.logout()

    answer = client.post(address, sent)
    credentials = {"username": "jo", "password": "secret"}
    after = client.post(answer.headers["Location"], credentials, follow=True)

    assert "/admin/login/" in answer.headers["Location"]
    page = after.content.decode()
    assert ">\nNew headline</textarea>" in page
    assert "which is not saved yet" in page
    assert not Article.objects.filter(headline="New headline").exists()


def test_somebody_else_who_logs_in_sees_nothing_of_it(client: Client) -> None:
    article, other = make_article(), make_user(username="other")
    sent = form(client, article, headline="New headline")
    client.logout()
    answer = client.post(change(article), sent)

    credentials = {"username": other.username, "password": "secret"}
    after = client.post(answer.headers["Location"], credentials, follow=True)
    saved = client.post(change(article), sent)

    assert "New headline" not in after.content.decode()
    assert saved.status_code == 403
    assert "This form was opened by Jo Doe" in saved.content.decode()
    article.refresh_from_db()
    assert article.headline != "New headline"


def test_login_in_another_window_loses_nothing(jo: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(jo)
    article = make_article()
    sent = form(client, article, headline="New headline", csrfmiddlewaretoken="x" * 64)

    ours = client.post(change(article), sent, headers={"Origin": "http://testserver"})
    foreign = client.post(change(article), sent, headers={"Origin": "https://evil.example"})

    kept = Autosave.objects.get()
    assert ours.headers["Location"] == f"{change(article)}?kept={kept.pk}"
    assert foreign.status_code == 403
    assert settings.CSRF_FAILURE_VIEW == "newsroom.views.csrf_failure"


def test_writer_who_may_not_save_any_more_is_told_where_the_text_is() -> None:
    writer = make_user("writer")
    client, article = logged_in(writer), make_article("Old headline", created_by=writer)
    sent = form(client, article, headline="New headline", body="<p>Last <i>words</i>.</p>")
    services.submit(article, by=writer)

    answer = client.post(change(article), sent)

    kept = Autosave.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f"{KEPT}{kept.pk}/" in page
    assert "in review" in page
    text = client.get(change(article), {"kept": kept.pk}, follow=True).content.decode()
    assert "Last <em>words</em>." in text
    assert "Use it" not in text


def test_whoever_may_see_no_pieces_any_more_sees_only_their_own_text(jo: User) -> None:
    client, article = logged_in(jo), make_article("Old headline", body="<p>Old words.</p>")
    client.post(AUTOSAVE, form(client, article, headline="New headline", body="<p>Mine.</p>"))
    jo.groups.clear()
    Article.objects.update(headline="Secret headline", body="<p>Secret words.</p>")

    pages = [client.get(address) for address in (KEPT, f"{KEPT}{Autosave.objects.get().pk}/")]

    assert [page.status_code for page in pages] == [200, 200]
    for page in pages:
        assert "New headline" in page.content.decode()
        assert "Secret" not in page.content.decode()
    assert "Mine." in pages[1].content.decode()


def test_screen_takes_one_query_more_to_look_for_kept_texts(client: Client) -> None:
    article = make_article(contributors=[make_contributor()])
    client.get(change(article))

    with CaptureQueriesContext(connection) as queries:
        client.get(change(article))

    asking = [query for query in queries if "articles_autosave" in query["sql"]]
    assert len(asking) == 1


def test_token_of_a_form_names_no_other_form(jo: User) -> None:
    article = make_article()
    one, other = (keeping.opened_for(jo, article) for _ in range(2))

    assert one.key != other.key
    assert keeping.OPENED.read(one.token) == f"{jo.pk}-{article.pk}-{one.key}-0-0"
