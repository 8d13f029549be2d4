"""Tags, bylines and notices of a piece know when readers see it; the database keeps that right by itself.

Whoever writes such a row holds its piece meanwhile: a piece that is published at the same moment
waits, and then finds the row.
"""

from django.db import migrations, models

from newsroom.lib.audit import watch

TABLES = {"taggedarticle": "content_object_id", "byline": "article_id", "notice": "article_id"}
TIMES = ["public_from", "public_until"]
ASK = """
CREATE FUNCTION articles_ask_piece() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT CASE WHEN status = 'published' THEN published_at END,
        CASE WHEN status = 'published' THEN published_until END
    INTO NEW.public_from, NEW.public_until
    FROM articles_article WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint FOR SHARE;
    RETURN NEW;
END
$$
"""
TELL = """
CREATE FUNCTION articles_tell_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE articles_taggedarticle SET public_from = NULL WHERE content_object_id = NEW.id;
    UPDATE articles_byline SET public_from = NULL WHERE article_id = NEW.id;
    UPDATE articles_notice SET public_from = NULL WHERE article_id = NEW.id;
    RETURN NULL;
END
$$
"""
TRIGGER = """
CREATE TRIGGER articles_tell_lists AFTER UPDATE OF status, published_at, published_until
ON articles_article FOR EACH ROW WHEN (
    (OLD.status, OLD.published_at, OLD.published_until)
    IS DISTINCT FROM (NEW.status, NEW.published_at, NEW.published_until)
) EXECUTE FUNCTION articles_tell_lists()
"""
# Rows may have come before their piece, as the database looks for that at the end.
TRIGGER_FIRST = """
CREATE TRIGGER articles_tell_lists_first AFTER INSERT ON articles_article
FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION articles_tell_lists()
"""


def asking(table: str, column: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        "CREATE TRIGGER articles_ask_piece "
        f"BEFORE INSERT OR UPDATE OF {column}, {', '.join(TIMES)} ON articles_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION articles_ask_piece('{column}')",
        f"DROP TRIGGER articles_ask_piece ON articles_{table}",
    )


def watching(table: str, *, name: str, unwatched: list[str]) -> migrations.RunSQL:
    return watch(
        f"articles_{table}",
        names=[name],
        part_of="articles_article",
        key=TABLES[table],
        unwatched=unwatched,
    )


def watched_anew(table: str, name: str) -> migrations.RunSQL:
    """Without what follows from the piece, which is noted itself."""
    now, before = (watching(table, name=name, unwatched=columns) for columns in (TIMES, []))
    return migrations.RunSQL(now.sql, before.sql)


class Migration(migrations.Migration):
    dependencies = [("articles", "0036_article_licence")]

    operations = [
        *[
            migrations.AddField(
                model_name=table,
                name=name,
                field=models.DateTimeField(editable=False, null=True),
            )
            for table in TABLES
            for name in TIMES
        ],
        watched_anew("taggedarticle", "tag_id"),
        watched_anew("byline", "contributor_id"),
        watched_anew("notice", "kind"),
        migrations.RunSQL(ASK, "DROP FUNCTION articles_ask_piece()"),
        *[asking(table, column) for table, column in TABLES.items()],
        migrations.RunSQL(TELL, "DROP FUNCTION articles_tell_lists()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER articles_tell_lists ON articles_article"),
        migrations.RunSQL(
            TRIGGER_FIRST, "DROP TRIGGER articles_tell_lists_first ON articles_article"
        ),
    ]
