"""Search by how words begin, whatever their accents and capitals, from an index.

Built on what PostgreSQL has without any extension.
"""

from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, TextField, Value


class Folded(Func):
    """Columns as plain words: without accents and capitals, a space for every sign."""

    template = (
        r"translate(lower(regexp_replace(regexp_replace(normalize(%(expressions)s, NFKD),"
        r" '[\u0300-\u036f]', '', 'g'), '[!-/:-@[-`{-~\u00a0-\u00bf\u2000-\u206f]+', ' ', 'g')),"
        r" 'łøđı', 'lodi')"
    )
    arg_joiner = " || ' ' || "  # concat() may not stand in an index
    output_field: Any = TextField()


class Words(Folded):
    """The same as a search vector, for a GIN index over columns that are never NULL."""

    template = f"to_tsvector('simple'::regconfig, {Folded.template})"
    output_field = SearchVectorField()


class Beginnings(Folded):
    """Typed words as a query for all words that begin so; NULL, which finds nothing, for none."""

    template = rf"regexp_replace(nullif(trim({Folded.template}), ''), '\s+', ':* & ', 'g') || ':*'"


def beginning_with(typed: str) -> SearchQuery:
    """What to compare `Words` with: each word of `typed` begins one of theirs."""
    text: Any = Beginnings(Value(typed.replace("\x00", ""), TextField()))
    return SearchQuery(text, config="simple", search_type="raw")
