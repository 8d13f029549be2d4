"""The number of what readers see: whatever changes a public page advances it, when it commits.

A transaction that shows something new leaves a row in newsroom_change. When it commits, the row is
taken out again, and that advances the number: last of all that a commit does, so that the one row
of the number is locked for no longer than the commit takes, and nobody waits for anything else
with it in hand.

`number` is the time in microseconds, or one more than it was: never one that it has been before,
even in a database that was put back from a backup. `hard` is the number of the last change after
which nothing older may be served.
"""

from django.db import migrations

TABLES = """
CREATE TABLE newsroom_generation (
    id smallint PRIMARY KEY DEFAULT 1,
    number bigint NOT NULL,
    hard bigint NOT NULL,
    CONSTRAINT newsroom_generation_single CHECK (id = 1)
);
INSERT INTO newsroom_generation (number, hard) VALUES (1, 1);
CREATE UNLOGGED TABLE newsroom_change (transaction xid8 PRIMARY KEY, is_hard boolean NOT NULL)
"""
CHANGED = """
CREATE FUNCTION newsroom_changed(hard boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.newsroom_change VALUES (pg_current_xact_id(), hard)
    ON CONFLICT (transaction) DO UPDATE SET is_hard = true
    WHERE excluded.is_hard AND NOT newsroom_change.is_hard
$$
"""
# Arguments: when a row is shown, as SQL on `one`; when a change of it is hard, on `was` and `becomes`.
SHOWN = """
CREATE FUNCTION newsroom_shown() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rows text := CASE TG_OP WHEN 'INSERT' THEN 'TABLE becomes' WHEN 'DELETE' THEN 'TABLE was'
        ELSE 'TABLE was UNION ALL TABLE becomes' END;
    is_shown boolean;
    is_hard boolean := false;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM (%s) one WHERE %s)', rows, TG_ARGV[0])
        INTO is_shown;
    IF NOT is_shown THEN
        RETURN NULL;
    ELSIF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM was JOIN becomes USING (id) WHERE %s)',
            TG_ARGV[1]) INTO is_hard;
    ELSIF TG_OP = 'DELETE' THEN
        is_hard := TG_ARGV[1] <> 'false';
    END IF;
    PERFORM public.newsroom_changed(is_hard);
    RETURN NULL;
END $$
"""
ENDING = """
CREATE FUNCTION newsroom_change_ending() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.newsroom_change WHERE transaction = NEW.transaction;
    RETURN NULL;
END $$
"""
ADVANCE = """
CREATE FUNCTION newsroom_advance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.newsroom_generation SET
        number = greatest(number + 1, next),
        hard = CASE WHEN OLD.is_hard THEN greatest(number + 1, next) ELSE hard END
    FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS next) clock;
    RETURN NULL;
END $$
"""
TRIGGERS = """
CREATE CONSTRAINT TRIGGER newsroom_change_ending AFTER INSERT ON newsroom_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION newsroom_change_ending();
CREATE CONSTRAINT TRIGGER newsroom_advance AFTER DELETE ON newsroom_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION newsroom_advance()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0019_republish_terms"),
    ]

    operations = [
        migrations.RunSQL(TABLES, "DROP TABLE newsroom_generation, newsroom_change"),
        migrations.RunSQL(CHANGED, "DROP FUNCTION newsroom_changed(boolean)"),
        migrations.RunSQL(SHOWN, "DROP FUNCTION newsroom_shown()"),
        migrations.RunSQL(ENDING, "DROP FUNCTION newsroom_change_ending()"),
        migrations.RunSQL(ADVANCE, "DROP FUNCTION newsroom_advance()"),
        migrations.RunSQL(
            TRIGGERS,
            "DROP TRIGGER newsroom_change_ending ON newsroom_change; "
            "DROP TRIGGER newsroom_advance ON newsroom_change",
        ),
    ]
