"""Who may do what at the desk, asked at its addresses."""

import pytest
from django.test import Client

from articles.models import Article, TopicBox
from tests.desk import ADD, change, logged_in, typed
from tests.factories import make_article, make_photo, make_published, make_stored_photo, make_user

pytestmark = pytest.mark.django_db
ROLES = ["writer", "editor", "newsletter editor", "fundraiser", "administrator"]
LISTS = "/admin/articles/article/"
AUTOCOMPLETE = "/admin/autocomplete/?app_label=articles&model_name={}&field_name={}&term="


def may_open(role: str) -> set[str]:
    """The lists that a role may open, by model."""
    models = "article photo contributor section format series tag page topicbox frontpage".split()
    addresses = {name: f"/admin/articles/{name}/" for name in models}
    addresses |= {name: f"/admin/newsroom/{name}/" for name in ("publication", "user")}
    addresses["role"] = "/admin/auth/group/"
    client = logged_in(role=role)
    return {
        name
        for name, address in addresses.items()
        if client.get(address, follow=True).status_code == 200
    }


LOOK_UP = {"article", "photo", "contributor", "section", "format", "series", "tag", "topicbox"}


@pytest.mark.parametrize(
    ("role", "lists"),
    [
        ("writer", LOOK_UP),
        ("editor", LOOK_UP | {"page", "frontpage", "publication"}),
        ("newsletter editor", LOOK_UP),
        ("fundraiser", LOOK_UP),
        ("administrator", LOOK_UP | {"page", "frontpage", "publication", "user", "role"}),
    ],
)
def test_each_role_opens_its_lists_and_no_other(role: str, lists: set[str]) -> None:
    assert may_open(role) == lists


@pytest.mark.parametrize("role", ROLES)
def test_start_page_opens_for_every_role(role: str) -> None:
    assert logged_in(role=role).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        LISTS,
        ADD,
        "/admin/articles/article/1/preview/",
        "/admin/articles/photo/choose/",
        "/admin/articles/photo/1/thumbnail/",
        AUTOCOMPLETE.format("byline", "contributor"),
    ],
)
def test_strangers_are_sent_to_the_login(address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_reader_with_an_account_but_no_staff_status_stays_out() -> None:
    user = make_user("editor")
    user.is_staff = False
    user.save()

    assert logged_in(user).get(LISTS).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"),
    [("writer", 302), ("editor", 302), ("newsletter editor", 403), ("fundraiser", 403)],
)
def test_who_may_add_a_piece(role: str, status: int) -> None:
    assert logged_in(role=role).post(ADD, typed()).status_code == status


def test_writer_changes_an_own_draft() -> None:
    writer = make_user("writer")
    article = make_article(created_by=writer)

    logged_in(writer).post(change(article), typed(article, headline="Better"))

    assert Article.objects.get().headline == "Better"


def test_writer_does_not_change_the_draft_of_somebody_else() -> None:
    article = make_article(created_by=make_user("writer"))
    client = logged_in(role="writer")

    assert client.post(change(article), typed(article, headline="Worse")).status_code == 403
    assert Article.objects.get().headline != "Worse"


def test_writer_does_not_change_an_own_piece_once_it_is_published() -> None:
    writer = make_user("writer")
    article = make_published(created_by=writer)

    assert logged_in(writer).post(change(article), typed(article)).status_code == 403


@pytest.mark.parametrize(
    "action", ["approve", "publish", "unpublish", "return", "kill", "nonsense"]
)
def test_writer_moves_no_piece(action: str) -> None:
    writer = make_user("writer")
    article = make_article(created_by=writer)
    client = logged_in(writer)

    assert client.post(change(article), typed(article) | {"_step": action}).status_code == 403
    assert client.post(ADD, typed() | {"_step": action}).status_code == 403
    assert Article.objects.get().status == Article.Status.DRAFT


def test_writer_has_no_button_to_publish() -> None:
    page = logged_in(role="writer").get(ADD).content.decode()

    assert 'name="_save"' in page
    assert 'value="submit"' in page
    assert 'value="publish"' not in page


def test_piece_that_one_may_only_read_opens_as_readers_see_it() -> None:
    article = make_article()

    response = logged_in(role="writer").get(change(article))

    assert response.headers["Location"] == f"/admin/articles/article/{article.pk}/preview/"


@pytest.mark.parametrize("role", ROLES)
def test_staff_preview_a_draft_that_readers_do_not_see(role: str) -> None:
    article = make_article("Not yet")

    response = logged_in(role=role).get(f"/admin/articles/article/{article.pk}/preview/page/")

    assert "Not yet" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert "youtube-nocookie" in response.headers["Content-Security-Policy"]


def test_editor_deletes_only_what_nobody_has_read() -> None:
    draft, published = make_article(), make_published()
    client = logged_in()

    for article in (draft, published):
        client.post(f"{LISTS}{article.pk}/delete/", {"post": "yes"})

    assert list(Article.objects.all()) == [published]


@pytest.mark.parametrize("role", ["writer", "newsletter editor", "fundraiser"])
def test_others_delete_nothing(role: str) -> None:
    user = make_user(role)
    article = make_article(created_by=user)

    response = logged_in(user).post(f"{LISTS}{article.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403


def test_writer_changes_own_photos_only() -> None:
    writer = make_user("writer")
    own, other = make_photo(uploaded_by=writer), make_photo()
    client = logged_in(writer)
    fields = {"alt": "New words", "agency": "A", "focal_x": 0.5, "focal_y": 0.5}

    for photo in (own, other):
        client.post(f"/admin/articles/photo/{photo.pk}/change/", fields)
        photo.refresh_from_db()

    assert (own.alt, other.alt) == ("New words", "A harbour at dusk")


def test_fundraiser_looks_at_the_library_but_uploads_nothing() -> None:
    client = logged_in(role="fundraiser")

    assert client.get("/admin/articles/photo/choose/").status_code == 200
    assert client.post("/admin/articles/photo/choose/").status_code == 403
    assert client.get("/admin/articles/photo/add/").status_code == 403


def test_thumbnail_leads_to_the_picture() -> None:
    photo = make_stored_photo()

    response = logged_in(role="writer").get(f"/admin/articles/photo/{photo.pk}/thumbnail/")

    assert response.headers["Location"] == f"/media/{photo.safe_copy}"


@pytest.mark.parametrize("field", [("byline", "contributor"), ("taggedarticle", "tag")])
def test_completions_need_the_right_to_see_the_list(field: tuple[str, str]) -> None:
    nobody = make_user("nobody")

    assert logged_in(nobody).get(AUTOCOMPLETE.format(*field)).status_code == 403
    assert logged_in(role="writer").get(AUTOCOMPLETE.format(*field)).status_code == 200


def test_completions_bear_any_text() -> None:
    address = AUTOCOMPLETE.format("byline", "contributor")

    for term in ("%00", "%25_'\"", "x" * 5000, "%F0%9F%95%8A"):
        assert logged_in().get(address + term).status_code == 200


def test_writer_reads_a_topic_box_with_its_pins() -> None:
    box = TopicBox.objects.create(title="Election")
    box.pins.create(article=make_published("Pinned piece"))

    page = logged_in(role="writer").get(f"/admin/articles/topicbox/{box.pk}/change/")

    assert "Pinned piece" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()


def test_logging_out_ends_at_a_page_of_ours() -> None:
    page = logged_in().post("/admin/logout/").content.decode()

    assert "You are logged out" in page
