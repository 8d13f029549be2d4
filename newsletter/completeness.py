"""That every published piece reaches readers once: in a round-up, or skipped for a reason."""

from django.db.models import Exists, OuterRef

from articles.models import Article, ArticleQuerySet
from newsletter.models import Issue, Item, Newsletter


def covered(issue: Issue) -> ArticleQuerySet:
    """The public pieces that appeared before the cut-off of `issue`, since counting began.

    Not only since the cut-off before: a piece that came late, or with an earlier date, counts too.
    """
    pieces = Article.objects.public(issue.until).filter(published_at__lt=issue.until)
    begin = Newsletter.current().counts_from
    return pieces.filter(published_at__gte=begin) if begin else pieces


def owed(issue: Issue) -> ArticleQuerySet:
    """Published − included − skipped, over all round-ups; none when `issue` is complete."""
    return covered(issue).filter(~Exists(Item.objects.filter(article=OuterRef("pk"))))
