from typing import Any

import pytest
from django.test import Client

from articles.models import Contributor, FrontPage, Page, Section, Tag, TopicBox
from tests.desk import logged_in, rows
from tests.factories import make_published, make_section, make_tag

pytestmark = pytest.mark.django_db
FRONT = "/admin/articles/frontpage/1/change/"


def named(name: str, row: Any) -> dict[str, str]:
    return {f"{name}_0": str(row), f"{name}_1": str(row.pk)}


def test_front_page_opens_without_a_list() -> None:
    response = logged_in().get("/admin/articles/frontpage/", follow=True)

    assert response.redirect_chain[-1][0] == FRONT


def test_lead_and_secondary_stories_are_stored_in_order() -> None:
    lead, one, two = make_published("Lead"), make_published("One"), make_published("Two")

    logged_in().post(FRONT, named("lead", lead) | rows("picks", article=[two, one]))

    front = FrontPage.objects.get()
    assert front.lead == lead
    assert [pick.article for pick in front.picks.all()] == [two, one]


def test_stories_that_stay_keep_their_rows() -> None:
    one, two, three = make_published("One"), make_published("Two"), make_published("Three")
    client, picks = logged_in(), FrontPage.objects.get().picks
    client.post(FRONT, rows("picks", article=[one, two]))
    before = {pick.article: pick.pk for pick in picks.all()}

    client.post(FRONT, rows("picks", article=[three, two]))

    assert [pick.article for pick in picks.all()] == [three, two]
    assert picks.get(article=two).pk == before[two]


def test_lead_is_not_a_secondary_story_too() -> None:
    lead = make_published("Lead")

    response = logged_in().post(FRONT, named("lead", lead) | rows("picks", article=[lead]))

    assert "among the secondary stories too" in response.content.decode()


def test_story_stands_on_the_front_page_once() -> None:
    one = make_published("One")

    response = logged_in().post(FRONT, rows("picks", article=[one, one]))

    assert "A story stands here twice." in response.content.decode()


def test_front_page_is_emptied() -> None:
    client = logged_in()
    client.post(FRONT, named("lead", make_published()) | rows("picks", article=[make_published()]))

    client.post(FRONT, {"lead_0": "", "lead_1": ""} | rows("picks", article=[""]))

    front = FrontPage.objects.get()
    assert (front.lead, front.picks.count()) == (None, 0)


def box(**fields: Any) -> dict[str, Any]:
    return {"title": "Election 2024", "n_items": 4, "position": 0, **fields}


def test_topic_box_has_a_tag_and_ordered_pins() -> None:
    tag, one, two = make_tag("election"), make_published("One"), make_published("Two")

    logged_in().post(
        "/admin/articles/topicbox/add/",
        box() | named("tag", tag) | rows("pins", article=[two, one]),
    )

    made = TopicBox.objects.get()
    assert made.tag == tag
    assert [pin.article for pin in made.pins.all()] == [two, one]


def test_topic_box_ends_after_its_start() -> None:
    times = {"starts_at_0": "2024-12-06", "starts_at_1": "05:45"}
    times |= {"ends_at_0": "2024-12-05", "ends_at_1": "05:45"}

    response = logged_in().post("/admin/articles/topicbox/add/", box(**times))

    assert "The end must be later than the start." in response.content.decode()


def add(client: Client, model: str, **fields: Any) -> str:
    return client.post(f"/admin/articles/{model}/add/", fields).content.decode()


def test_slugs_are_made_from_names() -> None:
    client = logged_in(role="administrator")

    add(client, "section", name="Łódź & Co", position=1, front_page_form="row")
    add(client, "contributor", name="Elif Karadeniz")
    add(client, "tag", name="São Tomé")
    add(client, "page", title="About us", body="<p>We.</p>")

    assert Section.objects.filter(slug="lodz-co").exists()
    assert Contributor.objects.filter(slug="elif-karadeniz").exists()
    assert Tag.objects.filter(slug="sao-tome").exists()
    assert Page.objects.filter(slug="about-us").exists()


def test_names_that_give_no_slug_get_a_sentence() -> None:
    page = add(logged_in(), "contributor", name="?!")

    assert "Nothing of “?!” can stand in an address; type one." in page


@pytest.mark.parametrize("slug", ["admin", "2024", "newsletter", "search"])
def test_page_does_not_take_an_address_of_the_site(slug: str) -> None:
    page = add(logged_in(), "page", title="About", body="<p>We.</p>", slug=slug)

    assert f"“{slug}” is an address of the site itself." in page


def test_made_slug_of_a_page_is_checked_too() -> None:
    page = add(logged_in(), "page", title="Newsletter", body="<p>We.</p>")

    assert "“newsletter” is an address of the site itself." in page


def test_tag_in_other_capitals_is_refused() -> None:
    make_tag("NATO")

    page = add(logged_in(), "tag", name="nato")

    assert "is a tag already." in page


def test_section_with_pieces_is_not_deleted() -> None:
    section = make_section("Europe")
    make_published("Uses it", section=section)

    response = logged_in(role="administrator").post(
        f"/admin/articles/section/{section.pk}/delete/", {"post": "yes"}
    )

    assert "Uses it" in response.content.decode()
    assert Section.objects.exists()
