"""What staff place by hand."""

from articles.models import Article, FrontPage, FrontPagePick, TopicBox, TopicBoxPin
from newsroom.lib.ordering import rearrange


def replace_picks(front: FrontPage, articles: list[Article]) -> None:
    """The secondary stories of the front page, in order."""
    wanted = (FrontPagePick(front_page=front, article=article) for article in articles)
    rearrange(front.picks.all(), wanted, alike=["article_id"])


def replace_pins(box: TopicBox, articles: list[Article]) -> None:
    """What comes first in a topic box, in order."""
    wanted = (TopicBoxPin(box=box, article=article) for article in articles)
    rearrange(box.pins.all(), wanted, alike=["article_id"])
