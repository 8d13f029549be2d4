"""What the parts of a query mean to the database: words to look for, and whose names they are."""

from dataclasses import dataclass, replace

from articles.models import NameWords
from articles.search.query import Part
from newsroom.lib.reading import source

N_NAMES = 200  # tags or contributors that a part may mean
COMMON = 2000  # pieces; what more have is looked for in another way
NAMED = NameWords.template % {"expressions": '"name"'}
ASK = f"""
    SELECT q::text, plain::text,
        ARRAY(
            SELECT id FROM articles_tag WHERE {NAMED} @@ q
            UNION SELECT tag_id FROM articles_tagalias WHERE {NAMED} @@ q LIMIT {N_NAMES}
        ),
        ARRAY(SELECT id FROM articles_contributor WHERE {NAMED} @@ q LIMIT {N_NAMES}),
        (SELECT count(*) FROM (
            SELECT FROM articles_searchedtext WHERE words @@ q LIMIT {COMMON}
        ) found)
    FROM (VALUES %s) asked (place, q, plain) ORDER BY place
"""  # noqa: S608  # ours


@dataclass(frozen=True)
class Meaning:
    """query: as PostgreSQL writes it; "" for words too small to be looked for.

    plain: the same without English, for headlines, where small words can be found.
    tags, contributors: ids of those whose names have these words.
    n: how many texts have them, counted as far as COMMON.
    """

    part: Part
    query: str
    plain: str
    tags: list[int]
    contributors: list[int]
    n: int

    @property
    def is_common(self) -> bool:
        return self.n >= COMMON

    @property
    def is_excluded(self) -> bool:
        return self.part.is_excluded

    @property
    def has_names(self) -> bool:
        return bool(self.tags or self.contributors)


def understand(groups: list[list[Part]]) -> list[list[Meaning]]:
    """Groups of which one must be found whole; small words are left out unless all are small.

    1 query.
    """
    parts = [part for group in groups for part in group]
    if not parts:
        return []
    rows, values = [], []
    for place, part in enumerate(parts):
        english, texts = written(part, "pg_catalog.english")
        plain, _ = written(part, "pg_catalog.simple")
        rows.append(f"({place}, {english}, {plain})")
        values += [*texts, *texts]
    with source().cursor() as cursor:
        cursor.execute(ASK % ", ".join(rows), values)
        found = iter(cursor.fetchall())
    meant = [[Meaning(part, *next(found)) for part in group] for group in groups]
    return without_small_words(meant)


def written(part: Part, config: str) -> tuple[str, list[str]]:
    """SQL of a part, and its values."""
    phrase = f"phraseto_tsquery('{config}', %s)"
    variants = [" && ".join([phrase] * len(variant)) for variant in part.variants]
    texts = [text for variant in part.variants for text in variant]
    return " || ".join(f"({variant})" for variant in variants), texts


def without_small_words(groups: list[list[Meaning]]) -> list[list[Meaning]]:
    """Without groups that say only what shall not be there, too."""
    if not any(meaning.query for group in groups for meaning in group):
        groups = [[replace(meaning, query=meaning.plain) for meaning in group] for group in groups]
    kept = [[meaning for meaning in group if meaning.query] for group in groups]
    return [group for group in kept if any(not meaning.is_excluded for meaning in group)]
