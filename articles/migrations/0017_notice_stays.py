"""What readers may have seen of a correction stays as it was, whoever asks the database."""

from django.db import migrations

# A piece without a day in its address has never been public; its notices go when it goes.
FUNCTION = """
CREATE FUNCTION articles_notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM articles_article WHERE id = OLD.article_id AND published_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A notice that readers have seen stays as it is.'
            USING ERRCODE = 'restrict_violation',
                  HINT = 'Make a newer one that supersedes it.';
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$
"""
TRIGGER = """
CREATE TRIGGER articles_notice_stays BEFORE DELETE OR
UPDATE OF id, article_id, kind, place, at, text, supersedes_id, reason ON articles_notice
FOR EACH ROW EXECUTE FUNCTION articles_notice_stays()
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_notice_places")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION articles_notice_stays()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER articles_notice_stays ON articles_notice"),
    ]
