"""A piece as readers will get it: before it is saved, and by a link for people without account."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from articles import services
from articles.models import Article, PreviewLink, Revision, Tag
from tests.addresses import stored
from tests.desk import change, logged_in, rows, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_published,
    make_ready,
    make_section,
    make_user,
)

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/preview/"


def path(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/preview/"


@pytest.fixture
def article() -> Article:
    return make_article("As saved", created_by=make_user("writer"))


def test_preview_shows_what_is_typed_and_saves_nothing(article: Article) -> None:
    client, author = logged_in(), make_contributor("Ann Able")
    form = typed(article, headline="As typed", tag_list="brand new", kicker_name="brand new")
    form |= rows("bylines", contributor=[author], role=[""])
    before = stored()

    page = unescape(client.post(path(article), form).content.decode())

    assert page.count('<h1 class="article-head__headline">As typed</h1>') == 2  # phone and desktop
    assert "brand new" in page
    assert "Ann Able" in page
    assert stored() == before


def test_new_piece_is_previewed_before_it_exists() -> None:
    page = unescape(logged_in(role="writer").post(NEW, typed(headline="Fresh")).content.decode())

    assert '<h1 class="article-head__headline">Fresh</h1>' in page
    assert not Article.objects.exists()
    assert not Tag.objects.exists()


def test_preview_of_a_stale_form_is_no_collision(article: Article) -> None:
    form = typed(article, headline="As typed")
    logged_in().post(change(article), typed(article, headline="Meanwhile"))

    assert "As typed" in logged_in().post(path(article), form).content.decode()


def test_what_cannot_be_shown_says_why(article: Article) -> None:
    answer = logged_in().post(path(article), typed(article, headline=""))

    assert answer.status_code == 422
    assert "Headline: Write a headline." in answer.content.decode()


def test_page_in_the_frames_runs_no_script(article: Article) -> None:
    page = logged_in().get(path(article)).content.decode()

    assert "&lt;script" not in page
    assert page.count('sandbox="allow-same-origin"') == 2


def test_who_may_not_write_a_piece_previews_no_text_in_it(article: Article) -> None:
    form = typed(article, headline="Worse")

    assert logged_in(role="writer").post(path(article), form).status_code == 403
    assert logged_in(role="fundraiser").post(NEW, typed()).status_code == 403


def test_earlier_text_is_seen_as_a_page(article: Article) -> None:
    logged_in().post(change(article), typed(article, headline="Later"))
    first, client = Revision.objects.earliest("version"), logged_in()
    before = stored()

    address = f"/admin/articles/article/{article.pk}/revision/{first.pk}/"
    page = unescape(client.get(address).content.decode())

    assert '<h1 class="article-head__headline">As saved</h1>' in page
    assert stored() == before


# By a link


def test_link_shows_the_latest_text_without_a_login(article: Article) -> None:
    link = services.share(article, by=make_user())
    Article.objects.update(headline="Later")

    answer = Client().get(link.get_absolute_url())

    page = answer.content.decode()
    assert "Later" in page
    assert "Draft" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_frozen_link_shows_one_text_and_changes_none(article: Article) -> None:
    link = services.share(article, by=make_user(), is_frozen=True)
    article.refresh_from_db()
    logged_in().post(change(article), typed(article, headline="Later"))
    before = stored(PreviewLink)

    page = Client().get(link.get_absolute_url()).content.decode()

    assert "As saved" in page
    assert "Later" not in page
    assert stored(PreviewLink) == before


def test_views_are_counted(article: Article) -> None:
    link = services.share(article, by=make_user())

    for _ in range(2):
        Client().get(link.get_absolute_url())
    Client().head(link.get_absolute_url())

    link.refresh_from_db()
    assert link.n_views == 2


def test_link_ends_by_itself_and_can_be_taken_back(article: Article) -> None:
    expired, revoked = (services.share(article, by=make_user(), days=1) for _ in range(2))
    services.revoke(revoked)
    later = timezone.now() + timedelta(days=1, seconds=1)

    assert not PreviewLink.objects.open(later).exists()
    assert list(PreviewLink.objects.open()) == [expired]
    answer = Client().get(revoked.get_absolute_url())
    assert answer.status_code == 410
    assert "As saved" not in answer.content.decode()


def test_link_lives_seven_days_by_default(article: Article) -> None:
    link = services.share(article, by=make_user())

    assert link.expires_at - link.created_at == pytest.approx(
        timedelta(days=7), abs=timedelta(seconds=1)
    )


def test_link_dies_when_the_piece_is_published_or_killed() -> None:
    article = make_ready("Out now")
    link = services.share(article, by=make_user())
    services.publish(article, by=None, at=timezone.now() + timedelta(hours=1))
    assert Client().get(link.get_absolute_url()).status_code == 200  # still under embargo

    Article.objects.update(published_at=timezone.now())
    out = Client().get(link.get_absolute_url())
    services.kill(article, by=None, note="Wrong")
    killed = Client().get(link.get_absolute_url())

    assert (out.status_code, killed.status_code) == (410, 410)
    assert article.get_absolute_url() in out.content.decode()
    assert "Out now" not in killed.content.decode()


def test_link_to_what_readers_have_seen_comes_back_by_no_later_step() -> None:
    article = make_ready("Out")
    links = [services.share(article, by=make_user(), is_frozen=frozen) for frozen in (True, False)]
    services.publish(article, by=None)
    services.unpublish(article, by=None)
    assert {Client().get(link.get_absolute_url()).status_code for link in links} == {410}

    links = [services.share(article, by=make_user())]
    services.publish(article, by=None)
    services.kill(article, by=None, note="Wrong")
    services.revive(article, by=None, note="Right after all")
    assert {Client().get(link.get_absolute_url()).status_code for link in links} == {410}


def test_link_outlives_a_plan_that_was_given_up() -> None:
    article = make_ready("Not yet")
    link = services.share(article, by=make_user())
    services.publish(article, by=None, at=timezone.now() + timedelta(hours=1))

    services.unpublish(article, by=None)

    assert Client().get(link.get_absolute_url()).status_code == 200


def test_frozen_text_without_section_is_shown_of_a_scheduled_piece() -> None:
    article, section = (
        make_article("Early", body="<p>Early text.</p>", section=None),
        make_section(),
    )
    link = services.share(article, by=make_user(), is_frozen=True)
    logged_in().post(change(article), typed(article, headline="Late", section=section.pk))
    soon = timezone.now() + timedelta(hours=1)
    Article.objects.update(status="published", published_at=soon, published_on=soon.date())

    assert "Early text." in Client().get(link.get_absolute_url()).content.decode()


def test_forged_links_are_not_found(article: Article) -> None:
    address = services.share(article, by=make_user()).get_absolute_url()

    for forged in (address[:-2] + "x/", "/preview/1/", "/preview/1~abc/"):
        assert Client().get(forged).status_code == 404


def test_desk_makes_lists_and_takes_back_links(article: Article) -> None:
    client, screen = logged_in(), f"/admin/articles/article/{article.pk}/share/"

    client.post(screen, {"for_whom": "Ann", "days": 3, "shows": "frozen"})
    link = PreviewLink.objects.get()
    page = client.get(screen).content.decode()
    client.post(f"{screen}{link.pk}/revoke/")

    assert link.get_absolute_url() in page
    assert "0 views" in page
    assert not PreviewLink.objects.open().exists()
    assert link.revision is not None


def test_desk_refuses_a_link_for_ever(article: Article) -> None:
    screen = f"/admin/articles/article/{article.pk}/share/"

    answer = logged_in().post(screen, {"days": 9999, "shows": "latest"})

    assert answer.status_code == 422
    assert not PreviewLink.objects.exists()


def test_published_piece_needs_no_link() -> None:
    article = make_published()
    screen = f"/admin/articles/article/{article.pk}/share/"

    logged_in().post(screen, {"days": 3, "shows": "latest"})

    assert not PreviewLink.objects.exists()


def test_writer_shares_own_drafts_only(article: Article) -> None:
    screen = f"/admin/articles/article/{article.pk}/share/"

    own = logged_in(article.created_by).get(screen)
    other = logged_in(role="writer").post(screen, {"days": 3, "shows": "latest"})

    assert (own.status_code, other.status_code) == (200, 403)
