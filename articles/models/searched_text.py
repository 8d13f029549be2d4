"""What search reads: the words of each piece, and of the names that pieces have."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from newsroom.lib.words import Words


class NameWords(Words):
    """The words of a name, plain and as English bends them; for a GIN index."""

    template = (
        f"({Words.template} || "
        "to_tsvector('pg_catalog.english'::regconfig, articles_folded(%(expressions)s)))"
    )


class SearchedText(models.Model):
    """The words of one piece: headline (A), deck (B), body (D); written by a trigger alone.

    Whatever the piece's state: who asks says which pieces are public. A table of its own, as a
    column would be read wherever a piece is, and is as long as the body. Tags and authors are not
    in it: they are looked up as they are called at that moment.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="searched"
    )
    words = SearchVectorField(editable=False)

    class Meta:
        default_permissions = ()
        indexes = [
            # Readers search more often than editors save: nothing is left pending.
            GinIndex(fields=["words"], name="articles_searchedtext_words", fastupdate=False)
        ]

    def __str__(self) -> str:
        return f"words of {self.article_id}"
