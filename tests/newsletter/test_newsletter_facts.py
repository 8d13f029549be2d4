"""What staff say of the newsletter itself."""

import pytest
from django.test import Client

from newsletter.models import Newsletter
from tests.desk import logged_in

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/newsletter/newsletter/1/change/"


def save(client: Client, **fields: object) -> None:
    Newsletter.objects.update_or_create(pk=1)
    typed = {"name": "The Letter", "welcome": "", "second_person_above": 5}
    typed |= {"connections": 4, "warm_up_first": 500, "late_hours": 6}
    assert client.post(ADDRESS, typed | fields).status_code == 302


def test_newsletter_is_named_and_its_welcome_is_cleaned() -> None:
    save(logged_in(role="newsletter editor"), welcome="<p onclick='x'>Welcome</p>")

    newsletter = Newsletter.current()
    assert (newsletter.name, newsletter.welcome) == ("The Letter", "<p>Welcome</p>")


@pytest.mark.parametrize(("role", "above"), [("newsletter editor", 10_000), ("administrator", 5)])
def test_only_administrators_change_the_rule_of_two_people(role: str, above: int) -> None:
    save(logged_in(role=role))

    assert Newsletter.current().second_person_above == above
