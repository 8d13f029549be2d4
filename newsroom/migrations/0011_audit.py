"""What writes the audit: the database itself, whoever changes a row and by whatever means.

`how` is what newsroom.lib.audit.watch says. Null, "" and nothing at all are the same here.
"""

from django.db import migrations

NOTED = """
CREATE FUNCTION newsroom_noted(key text, value jsonb, how jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN how -> 'secret' ? key THEN '"secret"'
        WHEN how -> 'long' ? key THEN jsonb_build_object(
            'length', length(value #>> '{}'),
            'sha256', encode(sha256(convert_to(value #>> '{}', 'UTF8')), 'hex'))
        ELSE value
    END
$$
"""
DIFFERENCES = """
CREATE FUNCTION newsroom_differences(was jsonb, becomes jsonb, how jsonb)
RETURNS TABLE (before jsonb, after jsonb) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_object_agg(key, public.newsroom_noted(key, old, how))
               FILTER (WHERE old IS NOT NULL), '{}'),
           coalesce(jsonb_object_agg(key, public.newsroom_noted(key, new, how))
               FILTER (WHERE new IS NOT NULL), '{}')
    FROM (
        SELECT key, nullif(nullif(o.value, 'null'), '""') AS old,
               nullif(nullif(n.value, 'null'), '""') AS new
        FROM jsonb_each(was) o FULL JOIN jsonb_each(becomes) n USING (key)
        WHERE NOT how -> 'unwatched' ? key
    ) watched
    WHERE old IS DISTINCT FROM new
    HAVING count(*) > 0
$$
"""
ENTRY = """
CREATE FUNCTION newsroom_entry(was jsonb, becomes jsonb, changed text, how jsonb)
RETURNS TABLE (action text, kind text, object_id bigint, part text, name text,
               before jsonb, after jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN was IS NULL THEN 'added' WHEN becomes IS NULL THEN 'deleted' ELSE 'changed' END,
        coalesce(how ->> 'part_of', changed),
        (coalesce(becomes, was) ->> (how ->> 'key'))::bigint,
        CASE WHEN how ->> 'part_of' IS NULL THEN '' ELSE changed END,
        coalesce((
            SELECT left(coalesce(becomes, was) ->> column_name, 200)
            FROM jsonb_array_elements_text(how -> 'names')
                WITH ORDINALITY AS names (column_name, place)
            WHERE coalesce(becomes, was) ->> column_name <> '' ORDER BY place LIMIT 1
        ), ''),
        before, after
    FROM public.newsroom_differences(was, becomes, how)
$$
"""
# As its owner, so that nobody else need be allowed to write entries. `pg_temp` stands last, or a
# temporary table could take the place of the audit. OFFSET 0 has each row turned into JSON once;
# to plan anew for each statement would take longer than the rest.
NOTE = r"""
CREATE FUNCTION newsroom_note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    how jsonb := TG_ARGV[0];
    who bigint := substring(left(current_query(), 40) from '^/\* by (\d{1,18}) \*/');
    program text := current_setting('application_name');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.newsroom_auditentry
            (at, actor_id, source, action, kind, object_id, part, name, before, after)
        SELECT now(), who, program, entry.*
        FROM (SELECT to_jsonb(n) AS json FROM becomes n OFFSET 0) row,
            public.newsroom_entry(NULL, json, TG_TABLE_NAME, how) entry;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.newsroom_auditentry
            (at, actor_id, source, action, kind, object_id, part, name, before, after)
        SELECT now(), who, program, entry.*
        FROM (SELECT to_jsonb(o) AS json FROM was o OFFSET 0) row,
            public.newsroom_entry(json, NULL, TG_TABLE_NAME, how) entry;
    ELSE
        INSERT INTO public.newsroom_auditentry
            (at, actor_id, source, action, kind, object_id, part, name, before, after)
        SELECT now(), who, program, entry.*
        FROM (
                SELECT to_jsonb(o) AS json, to_jsonb(n) AS later
                FROM was o FULL JOIN becomes n USING (id) OFFSET 0
            ) row,
            public.newsroom_entry(json, later, TG_TABLE_NAME, how) entry;
    END IF;
    RETURN NULL;
END
$$
"""
REFUSE = """
CREATE FUNCTION newsroom_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused: % of %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              DETAIL = 'What has happened stays noted, and is noted by the database alone.';
END
$$
"""
FUNCTIONS = {
    "newsroom_noted(text, jsonb, jsonb)": NOTED,
    "newsroom_differences(jsonb, jsonb, jsonb)": DIFFERENCES,
    "newsroom_entry(jsonb, jsonb, text, jsonb)": ENTRY,
    "newsroom_note()": NOTE,
    "newsroom_refuse()": REFUSE,
}
STAYS = """
CREATE TRIGGER newsroom_audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON newsroom_auditentry
FOR EACH STATEMENT EXECUTE FUNCTION newsroom_refuse()
"""
# Where a trigger of another table writes, the depth is one.
TRUE = """
CREATE TRIGGER newsroom_audit_true BEFORE INSERT ON newsroom_auditentry
FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION newsroom_refuse()
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0010_auditentry")]
    operations = [
        *[migrations.RunSQL(sql, f"DROP FUNCTION {name}") for name, sql in FUNCTIONS.items()],
        migrations.RunSQL(STAYS, "DROP TRIGGER newsroom_audit_stays ON newsroom_auditentry"),
        migrations.RunSQL(TRUE, "DROP TRIGGER newsroom_audit_true ON newsroom_auditentry"),
    ]
