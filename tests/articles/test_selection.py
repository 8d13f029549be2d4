from datetime import UTC, datetime, timedelta

import pytest

from articles import selection
from articles.models import Article, FrontPage, RelatedLink, TopicBox
from articles.selection import beside
from tests.factories import make_article, make_published, make_section, make_series, make_tag

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 12, 6, 12, 0, tzinfo=UTC)


def published_days_ago(days: int, headline: str = "", **fields: object) -> Article:
    return make_published(headline, at=NOW - timedelta(days=days), **fields)


def test_keep_reading_goes_on_with_the_sections_next_older_pieces() -> None:
    asia = make_section("Asia")
    newer = published_days_ago(0, section=asia)
    article = published_days_ago(1, section=asia)
    older = [published_days_ago(days, section=asia) for days in (2, 3)]
    elsewhere = published_days_ago(0, section=make_section("Europe"))
    published_days_ago(9, section=make_section("Europe"))

    chosen = next_ones(article)

    assert chosen[:2] == older
    assert chosen[2] in {newer, elsewhere}


def test_keep_reading_of_the_oldest_piece_is_the_newest() -> None:
    pieces = [published_days_ago(days) for days in range(6)]

    assert next_ones(pieces[-1]) == pieces[:3]


def next_ones(article: Article) -> list[Article]:
    """As on the piece's page."""
    return selection.onward(Article.objects.for_page().get(pk=article.pk), NOW).next


def related(article: Article, *without: Article) -> list[Article]:
    """As on the page of a piece under which there is nothing else to read than `without`."""
    whole = Article.objects.for_page().get(pk=article.pk)
    found = beside.related(whole, NOW, without=[piece.pk for piece in without])
    return [Article(pk=pk) for pk in found]


def test_related_by_hand_comes_first_and_in_order() -> None:
    tag = make_tag("syria")
    article = published_days_ago(0, tags=[tag])
    by_tag = published_days_ago(1, tags=[tag])
    second, first = published_days_ago(30), published_days_ago(40)
    for position, piece in enumerate([first, second]):
        RelatedLink.objects.create(article=article, to_article=piece, position=position)

    assert related(article) == [first, second, by_tag]


def test_chosen_piece_stands_beside_and_not_among_the_next_ones() -> None:
    article, chosen, other = (published_days_ago(days) for days in (0, 1, 2))
    RelatedLink.objects.create(article=article, to_article=chosen)

    assert next_ones(article) == [other]
    assert related(article, other) == [chosen]


def test_however_many_are_chosen_the_older_ones_are_next() -> None:
    published_days_ago(0)
    article, *chosen = (published_days_ago(days) for days in range(1, 26))
    older = [published_days_ago(days) for days in (30, 31, 32)]
    RelatedLink.objects.bulk_create(
        RelatedLink(article=article, to_article=piece, position=n) for n, piece in enumerate(chosen)
    )

    assert next_ones(article) == older


def test_related_prefers_the_series_then_the_most_shared_tags() -> None:
    tags = [make_tag(name) for name in ("nato", "russia")]
    article = published_days_ago(0, tags=tags, series=make_series())
    one_tag = published_days_ago(1, tags=tags[:1])
    two_tags = published_days_ago(5, tags=tags)
    published_days_ago(8, series=make_series())  # the one before it, to which it leads anyway
    same_series = published_days_ago(9, series=make_series())

    assert related(article) == [two_tags, same_series, one_tag]


def test_related_prefers_a_rare_tag_to_a_common_one() -> None:
    rare, common = make_tag("transnistria"), make_tag("war")
    article = published_days_ago(0, tags=[rare, common])
    by_common = [published_days_ago(days, tags=[common]) for days in range(1, 7)]
    by_rare = published_days_ago(20, tags=[rare])

    assert related(article) == [by_rare, *by_common[:3]]


def test_of_two_alike_the_newer_is_related_and_the_tag_of_many_years_ago_counts_less() -> None:
    tags = [make_tag(name) for name in ("nato", "russia")]
    article = published_days_ago(0, tags=tags)
    of_long_ago = published_days_ago(3000, tags=tags)
    newer, older = (published_days_ago(days, tags=tags[:1]) for days in (1, 100))

    assert related(article) == [newer, older, of_long_ago]


def test_related_leaves_out_itself_drafts_and_what_stands_below() -> None:
    tag = make_tag("nato")
    article = published_days_ago(0, tags=[tag])
    below = published_days_ago(1, tags=[tag])
    draft = make_article(tags=[tag])
    RelatedLink.objects.create(article=article, to_article=draft)

    found = selection.onward(Article.objects.for_page().get(pk=article.pk), NOW)
    assert (found.next, found.related) == ([below], [])


def test_topic_box_shows_pins_then_the_newest_of_its_tag_once() -> None:
    tag = make_tag("election 2024")
    pinned = published_days_ago(50, tags=[tag])
    tagged = [published_days_ago(days, tags=[tag]) for days in (1, 2, 3)]
    box = TopicBox.objects.create(title="Election 2024", tag=tag, n_items=3)
    box.pins.create(article=pinned)

    shown = selection.boxes(NOW, seen=[tagged[0]])[0]

    assert shown.articles == (pinned, tagged[1], tagged[2])


def test_latest_repeats_nothing_that_is_on_the_page() -> None:
    tag = make_tag("nato")
    seen = published_days_ago(0)
    in_box = published_days_ago(1, tags=[tag])
    left = published_days_ago(2)
    TopicBox.objects.create(title="NATO", tag=tag)

    topic, latest = selection.boxes(NOW, seen=[seen])

    assert (topic.articles, latest.articles) == ((in_box,), (left,))


def test_topic_box_stands_from_its_start_until_its_end() -> None:
    tag = make_tag("nato")
    published_days_ago(9, tags=[tag])
    TopicBox.objects.create(title="NATO", tag=tag, starts_at=NOW, ends_at=NOW + timedelta(days=1))

    def titles(at: datetime) -> list[str]:
        return [box.title for box in selection.boxes(at, seen=[], n_latest=0)]

    assert titles(NOW - timedelta(seconds=1)) == []
    assert titles(NOW) == ["NATO"]
    assert titles(NOW + timedelta(days=1)) == []


def test_front_page_is_the_editors_choice_filled_up_with_the_newest() -> None:
    pieces = [published_days_ago(days) for days in range(12)]
    FrontPage.objects.update(lead=pieces[10])
    FrontPage.objects.get().picks.create(article=pieces[9])

    layout = selection.front_page(NOW)

    assert layout.lead == pieces[10]
    assert layout.secondary == [pieces[9], *pieces[:3]]
    assert layout.latest == [*pieces[3:9], pieces[11]]


def test_front_page_never_shows_a_piece_twice_nor_one_that_is_not_public() -> None:
    sections = [
        make_section("QiOSK", position=1, front_page_form="strip"),
        make_section("Europe", position=2),
        make_section("Asia", position=3),
    ]
    for days in range(60):
        published_days_ago(days, section=sections[days % 3])
    draft = make_article()
    FrontPage.objects.update(lead=draft)
    FrontPage.objects.get().picks.create(article=Article.objects.public(NOW)[0])

    layout = selection.front_page(NOW)
    shown = layout.articles()

    assert len(shown) == len(set(shown)) > 20
    assert draft not in shown
    assert [row.section for row in layout.strips] == sections[:1]
    assert [row.section for row in layout.rows] == sections[1:]


def test_front_page_of_an_empty_magazine_is_empty() -> None:
    assert selection.front_page(NOW).articles() == []
