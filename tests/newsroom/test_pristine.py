"""After a test that commits, the next one finds what the migrations wrote and nothing else."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Section
from newsroom.models import Publication
from tests import pristine
from tests.factories import make_published, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def new_rows() -> None:
    make_published("New").tags.add("new")
    make_user("editor")
    app.configure_task("newsroom.nothing", allow_unknown=True).defer()


def changed_rows() -> None:
    Publication.objects.update(name="Changed")


def lost_rows() -> None:
    Group.objects.all().delete()


def state() -> tuple[object, ...]:
    roles = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    rows = [list(model.objects.values()) for model in (Publication, Section, ProcrastinateJob)]
    return roles, rows


@pytest.mark.parametrize("change", [new_rows, changed_rows, lost_rows])
def test_everything_is_put_back(change: Callable[[], None]) -> None:
    before = state()
    change()
    assert state() != before

    pristine.put_back()

    assert state() == before
