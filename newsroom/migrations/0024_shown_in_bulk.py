"""Rows before and after a change are matched by a hash, however many they are.

Of EXISTS the planner expects a hit soon, and compares each row with all others until then; but there is
seldom any.
"""

from django.db import migrations

SHOWN = """
CREATE OR REPLACE FUNCTION newsroom_shown() RETURNS trigger
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
    ELSIF TG_OP = 'UPDATE' AND TG_ARGV[1] <> 'false' THEN
        EXECUTE format('SELECT coalesce(bool_or(%s), false) FROM was JOIN becomes USING (id)',
            TG_ARGV[1]) INTO is_hard;
    ELSIF TG_OP = 'DELETE' THEN
        is_hard := TG_ARGV[1] <> 'false';
    END IF;
    PERFORM public.newsroom_changed(is_hard);
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0023_shown_rights")]
    operations = [migrations.RunSQL(SHOWN, migrations.RunSQL.noop)]
