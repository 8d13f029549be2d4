import pytest

from articles import services
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wish", "slug"),
    [
        ("Peace talks, again?", "peace-talks-again"),
        ("Łódź and São Tomé", "lodz-and-sao-tome"),
        ("?!", "untitled"),
        ("Київ", "kiiv"),
        ("\x00", "untitled"),
    ],
)
def test_slug_is_made_from_the_headline(wish: str, slug: str) -> None:
    assert services.free_slug(wish) == slug


def test_taken_slug_gets_a_number() -> None:
    make_article(slug="talks")
    make_article(slug="talks-2")

    assert services.free_slug("Talks") == "talks-3"


def test_piece_keeps_its_own_slug() -> None:
    article = make_article(slug="talks")

    assert services.free_slug("talks", article=article) == "talks"


def test_long_headline_leaves_room_for_a_number() -> None:
    first = make_article(slug=services.free_slug("word " * 100))
    first.full_clean()

    assert services.free_slug("word " * 100) != first.slug
