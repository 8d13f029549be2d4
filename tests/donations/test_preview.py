"""Any wording on any real page, before it is live."""

import pytest
from django.test import Client

from donations.models import Change, Count, Slot
from tests.desk import logged_in
from tests.factories import make_article, make_published, make_section
from tests.factories_donations import make_appeal, make_live, make_variant

pytestmark = pytest.mark.django_db


def screen(pk: int) -> str:
    return f"/admin/donations/appeal/{pk}/preview/"


def framed(pk: int) -> str:
    return f"{screen(pk)}page/"


@pytest.fixture
def client() -> Client:
    return logged_in(role="fundraiser")


def test_wording_of_a_draft_stands_on_a_real_page(client: Client) -> None:
    piece = make_published("A quiet harbour")
    draft = make_appeal("First wording", "Second wording")
    second = draft.variants.last()
    assert second is not None

    answer = client.get(
        framed(draft.pk), {"path": piece.get_absolute_url(), "variant": str(second.pk)}
    )

    page = answer.content.decode()
    assert "A quiet harbour" in page
    assert "Second wording" in page
    assert "First wording" not in page


def test_without_a_choice_the_first_wording_is_shown(client: Client) -> None:
    piece = make_published()
    draft = make_appeal("First wording", "Second wording")

    for variant in ["", "nonsense", "999999"]:
        query = {"path": piece.get_absolute_url(), "variant": variant}
        assert "First wording" in client.get(framed(draft.pk), query).content.decode()


def test_only_what_is_previewed_is_shown(client: Client) -> None:
    piece = make_published()
    make_live("The live one", slot=Slot.TOP)
    draft = make_appeal("The draft")

    query = {"path": piece.get_absolute_url()}
    page = client.get(framed(draft.pk), query).content.decode()

    assert "The draft" in page
    assert "The live one" not in page


def test_every_slot_of_a_piece_can_be_previewed(client: Client) -> None:
    query = {"path": make_published().get_absolute_url()}
    for slot in [Slot.TOP, Slot.FOOT, Slot.BODY]:
        draft = make_appeal("The draft", slot=slot)

        page = client.get(framed(draft.pk), query).content.decode()

        assert f'data-ask="{slot}"' in page


def test_lists_can_be_previewed(client: Client) -> None:
    section = make_section("Europe")
    make_published(section=section)
    draft = make_appeal("The draft", slot=Slot.LIST)

    page = client.get(framed(draft.pk), {"path": section.get_absolute_url()}).content.decode()

    assert "The draft" in page


OTHERS = ["", "/admin/", "/admin/donations/appeal/", "/newsletter/", "/healthz", "/corrections/"]
OTHERS += ["/appeals/", "/nothing/", "https://example.org/", "//example.org/"]
OTHERS += ["/2024/12/06/nothing/", "/\x00/"]


def test_other_addresses_are_refused(client: Client) -> None:
    address = framed(make_appeal().pk)

    answers = {path: client.get(address, {"path": path}).status_code for path in OTHERS}

    assert answers == dict.fromkeys(OTHERS, 404)


def test_page_of_an_unpublished_piece_is_refused(client: Client) -> None:
    article = make_article()

    path = f"/2024/12/06/{article.slug}/"
    assert client.get(framed(make_appeal().pk), {"path": path}).status_code == 404


def test_framed_page_is_framed_by_us_alone_and_leads_nowhere(client: Client) -> None:
    piece = make_published()

    answer = client.get(framed(make_appeal().pk), {"path": piece.get_absolute_url()})

    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-same-origin" in policy
    page = answer.content.decode()
    assert '<base target="_blank">' in page
    assert "<script" not in page
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]


def test_framed_page_is_what_a_stranger_gets(client: Client) -> None:
    """Nothing of the editor's session gets into it."""
    piece = make_published()
    draft = make_appeal()
    path = piece.get_absolute_url()

    page = client.get(framed(draft.pk), {"path": path}).content.decode()

    assert "csrfmiddlewaretoken" not in page
    assert "session" not in client.get(framed(draft.pk), {"path": path}).cookies


def test_framing_page_may_frame_our_pages(client: Client) -> None:
    make_published()

    answer = client.get(screen(make_appeal().pk))

    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_screen_begins_with_a_page_on_which_readers_will_meet_it(client: Client) -> None:
    make_published(section=make_section("Asia"))
    wanted = make_published("In Europe", section=make_section("Europe"))
    draft = make_appeal(only_sections=["europe"])

    page = client.get(screen(draft.pk)).content.decode()

    assert 'title="In Europe on a phone"' in page
    assert wanted.get_absolute_url() in page
    assert "Readers will not meet it here" not in page


def test_screen_says_so_where_readers_will_not_meet_it(client: Client) -> None:
    piece = make_published(section=make_section("Asia"))
    draft = make_appeal(only_sections=["europe"])

    page = client.get(screen(draft.pk), {"path": piece.get_absolute_url()}).content.decode()

    assert "The appeal is for other sections." in page
    assert "<iframe" in page


def test_screen_takes_whole_addresses(client: Client) -> None:
    piece = make_published("A quiet harbour")
    typed = f"https://www.example.org{piece.get_absolute_url()}?from=mail#notes"

    page = client.get(screen(make_appeal().pk), {"path": typed}).content.decode()

    assert "A quiet harbour on a phone" in page


def test_screen_tells_what_is_no_page_and_keeps_it(client: Client) -> None:
    make_published()

    answer = client.get(screen(make_appeal().pk), {"path": "/nothing/"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No public page of this address may carry an appeal." in page
    assert 'value="/nothing/"' in page


def test_screen_has_a_way_to_each_wording(client: Client) -> None:
    make_published()
    draft = make_appeal()
    other = make_variant(draft, name="Shorter")

    page = client.get(screen(draft.pk)).content.decode()

    assert f'<a href="?variant={other.pk}' in page
    assert ">Shorter</a>" in page


def test_appeal_of_the_round_up_is_shown_elsewhere(client: Client) -> None:
    make_published()

    page = client.get(screen(make_appeal(slot=Slot.LETTER).pk)).content.decode()

    assert "stands in the round-up" in page
    assert "<iframe" not in page


def test_looking_changes_and_counts_nothing(client: Client) -> None:
    piece = make_published()
    draft = make_appeal()

    client.get(screen(draft.pk))
    client.get(framed(draft.pk), {"path": piece.get_absolute_url()})

    assert not Count.objects.exists()
    assert not Change.objects.exists()
    assert client.post(screen(draft.pk)).status_code == 405
    assert client.post(framed(draft.pk)).status_code == 405


def test_preview_is_for_those_who_see_appeals() -> None:
    piece = make_published()
    draft = make_appeal()
    client = logged_in(role="writer")

    assert client.get(screen(draft.pk)).status_code == 403
    assert client.get(framed(draft.pk), {"path": piece.get_absolute_url()}).status_code == 403
    assert Client().get(framed(draft.pk)).status_code == 302


def test_preview_of_nothing_is_not_found(client: Client) -> None:
    assert client.get(screen(1)).status_code == 404
    assert client.get(framed(1), {"path": "/"}).status_code == 404
