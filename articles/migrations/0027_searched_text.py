"""The words of each piece, kept by the database itself, and indexes on those of names."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import articles.models.searched_text

# Accents and what is not seen go; signs of print become spaces, as PostgreSQL takes them for
# letters in some locales; letters that no accent makes become their nearest. What stands for it in
# Python is articles.search.folding.
FOLDED = r"""
CREATE FUNCTION articles_folded(line text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    replace(replace(replace(replace(replace(
        regexp_replace(
            regexp_replace(
                normalize(line, NFKD), '[\u00ad\u0300-\u036f\u200b-\u200f\u2060]+', '', 'g'
            ),
            '[\u00a0-\u00bf\u2010-\u206f]', ' ', 'g'
        ),
    'ß', 'ss'), 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'),
    'łŁøØđĐðÐıħĦ', 'lLoOdDdDihH'
)
"""
# A body's text: what stands inside a line closes up, what ends one leaves a space. No more than
# 100,000 characters: PostgreSQL counts no further than 16,383 words, and refuses a vector of a
# megabyte, which the longest words of that many characters do not reach. What search marks its
# finds with is not left in.
PLAIN = r"""
CREATE FUNCTION articles_plain(body text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(
    translate(
        regexp_replace(
            regexp_replace(left(body, 300000), '</?(a|em|strong)( [^>]*)?>', '', 'g'),
            '<[^>]*>?', ' ', 'g'
        ),
        E'\ue000\ue001\ue002', ''
    ),
    100000
)
"""
# The headline as it stands, too, for names that English takes for small words: Will, Can.
WORDS = """
CREATE FUNCTION articles_words(headline text, deck text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN setweight(to_tsvector('pg_catalog.english', articles_folded(headline)), 'A')
    || setweight(to_tsvector('pg_catalog.simple', articles_folded(headline)), 'A')
    || setweight(to_tsvector('pg_catalog.english', articles_folded(deck)), 'B')
    || to_tsvector('pg_catalog.english', articles_folded(articles_plain(body)))
"""
KEEP = """
CREATE FUNCTION articles_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO articles_searchedtext (article_id, words)
    VALUES (NEW.id, articles_words(NEW.headline, NEW.deck, NEW.body))
    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END
$$
"""
TRIGGERS = """
CREATE TRIGGER articles_words_of_new AFTER INSERT ON articles_article
FOR EACH ROW EXECUTE FUNCTION articles_keep_words();
CREATE TRIGGER articles_words_of_changed AFTER UPDATE OF headline, deck, body ON articles_article
FOR EACH ROW WHEN (
    (OLD.headline, OLD.deck, OLD.body) IS DISTINCT FROM (NEW.headline, NEW.deck, NEW.body)
) EXECUTE FUNCTION articles_keep_words()
"""
WITHOUT_TRIGGERS = """
DROP TRIGGER articles_words_of_new ON articles_article;
DROP TRIGGER articles_words_of_changed ON articles_article
"""


def index(model: str, name: str) -> migrations.AddIndex:
    words = articles.models.searched_text.NameWords("name")
    return migrations.AddIndex(
        model_name=model, index=django.contrib.postgres.indexes.GinIndex(words, name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0026_formats_told")]

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION articles_folded(text)"),
        migrations.RunSQL(PLAIN, "DROP FUNCTION articles_plain(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION articles_words(text, text, text)"),
        migrations.CreateModel(
            name="SearchedText",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="searched",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.search.SearchVectorField(editable=False),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="articles_searchedtext_words"
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION articles_keep_words()"),
        migrations.RunSQL(TRIGGERS, WITHOUT_TRIGGERS),
        index("tag", "articles_tag_words"),
        index("tagalias", "articles_tagalias_words"),
        index("contributor", "articles_contributor_words"),
    ]
