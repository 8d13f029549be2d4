"""Questions that somebody types into the address of one of the desk's lists."""

import pytest
from django.test import Client

from newsroom.models import User
from tests.desk import logged_in

TIMES = [
    "articles/article/?published_at",
    "newsletter/suppression/?at",
    "newsletter/subscriber/?joined_at",
    "newsroom/user/?last_login",
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> Client:
    return logged_in(User.objects.create_superuser("root", password="secret"))


@pytest.mark.parametrize("year", ["99999999999", "9" * 30, "-1"])
@pytest.mark.parametrize("time", TIMES)
def test_year_that_no_calendar_has_is_no_error(root: Client, time: str, year: str) -> None:
    assert root.get(f"/admin/{time}__year={year}").status_code == 400


@pytest.mark.parametrize("ends", ["1", "1,2,3"])
def test_range_without_two_ends_is_no_error(root: Client, ends: str) -> None:
    assert root.get(f"/admin/articles/article/?headline__range={ends}").status_code == 400


def test_year_is_asked_for(root: Client) -> None:
    assert root.get("/admin/articles/article/?published_at__year=2026").status_code == 200
