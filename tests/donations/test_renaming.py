"""A section or tag that gets another slug is spared, and aimed at, as before."""

import pytest

from articles.models import Section, Tag
from donations import board
from donations.models import Change, Rules
from donations.services import renaming
from tests.desk import logged_in
from tests.factories import make_section
from tests.factories_donations import make_appeal, make_live, make_rules, rebuild

pytestmark = pytest.mark.django_db


def rename(row: Section | Tag, slug: str) -> None:
    path = f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"  # noqa: SLF001
    fields = {"name": row.name, "slug": slug}
    if isinstance(row, Section):
        fields |= {"position": str(row.position), "front_page_form": row.front_page_form}
    answer = logged_in(role="administrator").post(path, fields)
    assert answer.status_code == 302, answer.content.decode()


def test_nobody_is_asked_beside_a_barred_tag_that_is_renamed() -> None:
    tag = Tag.objects.create(name="Obituaries", slug="obituary")
    make_rules(no_tags=["casualties", "obituary"])
    rebuild()

    rename(tag, "obituaries")

    content = board.read()
    assert content is not None
    assert content["rules"]["no_tags"] == ["casualties", "obituaries"]


def test_live_appeal_leaves_out_a_section_that_is_renamed() -> None:
    section = make_section("Europe")
    appeal = make_live(not_sections=["asia", section.slug])

    rename(section, "eu")

    content = board.read()
    assert content is not None
    assert content["appeals"][0]["never"] == {"section": ["asia", "eu"]}
    [change] = Change.objects.filter(appeal=appeal)
    assert (change.before, change.after) == ("asia, europe", "asia, eu")
    assert change.by is not None
    assert "“eu” now" in change.reason


def test_other_parts_of_the_same_slug_stay() -> None:
    appeal = make_appeal(only_tags=["europe"], only_sections=["europe"])
    make_rules(no_tags=["europe"])

    renaming.follow("section", "europe", "eu", by=None)

    appeal.refresh_from_db()
    assert (appeal.only_tags, appeal.only_sections) == (["europe"], ["eu"])
    assert Rules.current().no_tags == ["europe"]


def test_new_name_with_the_old_slug_changes_nothing() -> None:
    tag = Tag.objects.create(name="Obituaries", slug="obituary")
    make_rules(no_tags=["obituary"])

    rename(tag, "obituary")

    assert not Change.objects.exists()
