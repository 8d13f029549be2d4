"""What has become of the pieces of a round-up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import services
from articles.models import Article, Byline, Notice
from newsletter import freezing
from newsletter.drift import drift
from newsletter.models import Issue
from tests.factories import make_contributor, make_photo, make_published
from tests.factories_newsletter import make_issue, make_item, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_published("Grain leaves the port", photo=make_photo())


@pytest.fixture
def draft(article: Article) -> Issue:
    issue = make_issue()
    make_item(issue, article, headline="For the mail")
    return issue


def change(article: Article, **fields: object) -> None:
    Article.objects.filter(pk=article.pk).update(**fields)


def test_nothing_changed_is_no_drift(draft: Issue) -> None:
    assert not drift(draft)
    assert not drift(make_sent(draft))


def test_draft_tells_what_somebody_has_not_seen(draft: Issue, article: Article) -> None:
    change(article, headline="Grain leaves a port")

    [found] = drift(draft).changes

    assert found.headline == "For the mail"
    [difference] = found.differences
    assert (difference.name, difference.html) == (
        "Headline",
        "Grain leaves <del>the</del> <ins>a</ins> port",
    )


def test_frozen_letter_stays_and_tells(draft: Issue, article: Article) -> None:
    sent = make_sent(draft)
    before = (sent.html, sent.plain, sent.content)
    change(article, deck="Something else.")

    [found] = drift(sent).changes
    sent.refresh_from_db()

    assert [one.name for one in found.differences] == ["Blurb"]
    assert (sent.html, sent.plain, sent.content) == before


def test_what_the_mail_says_in_its_own_words_has_not_changed(
    draft: Issue, article: Article
) -> None:
    sent = make_sent(draft)
    change(article, headline="Grain stays")

    assert drift(sent).changes == []


def test_byline_and_picture_count(draft: Issue, article: Article) -> None:
    sent = make_sent(draft)
    Byline.objects.create(article=article, contributor=make_contributor("Ann Example"))
    change(article, photo=make_photo(alt="A silo"))

    [found] = drift(sent).changes

    assert [one.name for one in found.differences] == ["Byline", "Picture"]
    assert found.differences[0].html == "<ins>Ann Example</ins>"


def test_withdrawn_piece_is_named(draft: Issue, article: Article) -> None:
    change(article, status="draft")

    assert [piece["article"] for piece in drift(draft).withdrawn] == [article.pk]
    assert [piece["article"] for piece in drift(make_sent(draft)).withdrawn] == [article.pk]


def test_piece_that_is_public_later_is_withdrawn_before(draft: Issue, article: Article) -> None:
    assert drift(draft, at=article.published_at).withdrawn == []
    assert drift(draft, at=timezone.now().replace(year=2000)).withdrawn


def test_killed_piece_that_a_letter_only_corrects_is_named_before_it_leaves() -> None:
    old, now = make_published("An older piece"), timezone.now()
    Notice.objects.create(article=old, kind="correction", text="It was rye.")
    issue = make_issue(until=now + timedelta(hours=1))
    make_item(issue, kind="corrections")
    make_sent(issue)
    assert freezing.withdrawn(issue, now) == []

    services.kill(old, by=None, note="Wrong")

    assert freezing.withdrawn(issue, now) == ["An older piece"]
