"""Who may do what at every address of the project itself and of Django's own desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article
from newsroom.models import Publication
from tests.addresses import Addresses, address, answers, let_go, names_under, rows_of, stored
from tests.desk import logged_in
from tests.factories import make_published, make_stored_photo, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes hundreds of requests

TABLE = """
admin:coming_up                         lyyyyy -
admin:newsroom_user_history             lnnnny -
admin:auth_group_history                lnnnny -
admin:newsroom_publication_history      lnnyny -
admin:index                             lyyyyy lyyyyy
admin:login                             yyyyyy yyyyyy
admin:logout                            y----- yyyyyy
admin:password_change                   lyyyyy lyyyyy
admin:password_change_done              lyyyyy -
admin:autocomplete                      lyyyyy -
admin:jsi18n                            lyyyyy -
admin:view_on_site                      lyyyyy lyyyyy
admin:newsroom_auditentry_changelist    lnnnny -
admin:auth_user_password_change         lnnnny lnnnny
admin:newsroom_user_changelist          lnnnny lnnnny
admin:newsroom_user_add                 lnnnny lnnnny
admin:newsroom_user_delete              lnnnnn lnnnnn
admin:newsroom_user_change              lnnnny lnnnny
admin:auth_group_changelist             lnnnny lnnnny
admin:auth_group_add                    lnnnnn lnnnnn
admin:auth_group_delete                 lnnnnn lnnnnn
admin:auth_group_change                 lnnnny lnnnnn
admin:newsroom_publication_changelist   lnnyny lnnyny
admin:newsroom_publication_add          lnnnnn lnnnnn
admin:newsroom_publication_delete       lnnnnn lnnnnn
admin:newsroom_publication_change       lnnyny lnnnny
admin:procrastinate_procrastinatejob_changelist lnnnnn lnnnnn
admin:procrastinate_procrastinatejob_add lnnnnn lnnnnn
admin:procrastinate_procrastinatejob_history lnnnnn lnnnnn
admin:procrastinate_procrastinatejob_delete lnnnnn lnnnnn
admin:procrastinate_procrastinatejob_change lnnnnn lnnnnn
admin:app_list                          lyyyyy lyyyyy
healthz                                 yyyyyy -
readyz                                  yyyyyy -
robots                                  yyyyyy -
sitemap                                 yyyyyy -
rendition                               yyyyyy -
"""
OTHERS = ("admin:articles_", "admin:newsletter_", "admin:donations_", "admin:outbox")
COMPLETIONS = "?app_label=articles&model_name=byline&field_name=contributor"
OURS = ("admin:", "healthz", "readyz", "rendition", "robots", "sitemap")


@pytest.fixture
def addresses() -> Addresses:
    """Of every name, with something behind it."""
    piece, photo = make_published(), make_stored_photo()
    job = ProcrastinateJob.objects.first()
    one: dict[str, Any] = {
        "admin:view_on_site": [ContentType.objects.get_for_model(Article).pk, piece.pk],
        "admin:app_list": ["articles"],
        "admin:auth_user_password_change": [make_user("writer").pk],
        "rendition": rendition(photo.safe_copy),
        "newsroom_user": [make_user("writer").pk],
        "auth_group": [Group.objects.get(name="writer").pk],
        "newsroom_publication": [Publication.objects.get().pk],
        "procrastinate_procrastinatejob": [job.pk if job else 1],
    }
    found = {}
    for name in names_under(*OURS):
        if not name.startswith(OTHERS):
            model = name.removeprefix("admin:").rpartition("_")[0]
            found[name] = address(name, [], one.get(name, []), one.get(model, []))
    found["admin:autocomplete"] += COMPLETIONS
    return found | {"admin:logout": found.pop("admin:logout")}  # the last to be asked


def rendition(path: str) -> list[str]:
    """Token, name and extension of `photos/TOKEN/NAME.EXTENSION`."""
    _, token, file = path.split("/")
    return [token, *file.split(".")]


def test_every_address_lets_in_whom_it_should(addresses: Addresses) -> None:
    assert answers(addresses) == rows_of(TABLE)


@pytest.mark.parametrize("role", ["", "administrator"])
def test_looking_changes_nothing(addresses: Addresses, role: str) -> None:
    visitor = logged_in(role=role) if role else Client()
    before = stored()

    for url in addresses.values():
        let_go(visitor.get(url))
        let_go(visitor.head(url))

    assert stored() == before


@pytest.mark.parametrize(("role", "status"), [("", 302), ("writer", 404), ("administrator", 404)])
def test_what_is_no_address_of_the_desk_is_not_there(role: str, status: int) -> None:
    visitor = logged_in(role=role) if role else Client()

    for path in ("/admin/nowhere/", "/admin/nowhere"):
        assert visitor.get(path).status_code == status


@pytest.mark.parametrize("role", ["", "writer"])
def test_short_address_of_a_row_leads_to_its_form_and_no_further(role: str) -> None:
    visitor, user = logged_in(role=role) if role else Client(), make_user()

    response = visitor.get(f"/admin/newsroom/user/{user.pk}/", follow=True)

    assert user.username not in response.content.decode()
