"""How many pieces each month has, so that the archive need not be counted to be shown.

A change adds a row, and takes up those of its months that nobody else holds just now.
"""

from django.db import migrations, models

COUNT = """
CREATE FUNCTION articles_count_months() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gone text := 'SELECT status, published_at, -1 AS n FROM was';
    come text := 'SELECT status, published_at, 1 AS n FROM becomes';
BEGIN
    EXECUTE format($query$
        WITH changed AS MATERIALIZED (
            SELECT date_trunc('month', published_at AT TIME ZONE time_zone)::date AS month,
                sum(n) AS n
            FROM (%s) rows, newsroom_publication
            WHERE status = 'published' GROUP BY 1 HAVING sum(n) <> 0
        ), taken AS (
            DELETE FROM articles_monthcount WHERE id IN (
                SELECT id FROM articles_monthcount WHERE month IN (SELECT month FROM changed)
                FOR UPDATE SKIP LOCKED
            ) RETURNING month, n
        )
        INSERT INTO articles_monthcount (month, n)
        SELECT month, sum(n) FROM (TABLE changed UNION ALL TABLE taken) rows GROUP BY month
    $query$, concat_ws(' UNION ALL ',
        CASE WHEN TG_OP <> 'INSERT' THEN gone END, CASE WHEN TG_OP <> 'DELETE' THEN come END));
    RETURN NULL;
END
$$
"""
ALL = """
CREATE FUNCTION articles_count_all() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE articles_monthcount IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM articles_monthcount;
    INSERT INTO articles_monthcount (month, n)
    SELECT date_trunc('month', published_at AT TIME ZONE time_zone), count(*)
    FROM articles_article, newsroom_publication WHERE status = 'published' GROUP BY 1;
END
$$
"""
ANEW = """
CREATE FUNCTION articles_count_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM articles_count_all();
    RETURN NULL;
END
$$
"""
CHANGES = {
    "insert": "NEW TABLE AS becomes",
    "update": "OLD TABLE AS was NEW TABLE AS becomes",
    "delete": "OLD TABLE AS was",
}
COUNTING = [
    f"CREATE TRIGGER articles_count_{change} AFTER {change.upper()} ON articles_article "
    f"REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION articles_count_months()"
    for change, rows in CHANGES.items()
]
NOT_COUNTING = [f"DROP TRIGGER articles_count_{change} ON articles_article" for change in CHANGES]
ZONE = """
CREATE TRIGGER articles_count_anew AFTER UPDATE OF time_zone ON newsroom_publication
FOR EACH ROW WHEN (OLD.time_zone IS DISTINCT FROM NEW.time_zone)
EXECUTE FUNCTION articles_count_anew()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0039_lists_from_indexes"),
        ("newsroom", "0024_shown_in_bulk"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("n", models.IntegerField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(COUNT, "DROP FUNCTION articles_count_months()"),
        migrations.RunSQL("; ".join(COUNTING), "; ".join(NOT_COUNTING)),
        migrations.RunSQL(ALL, "DROP FUNCTION articles_count_all()"),
        migrations.RunSQL(ANEW, "DROP FUNCTION articles_count_anew()"),
        migrations.RunSQL(ZONE, "DROP TRIGGER articles_count_anew ON newsroom_publication"),
    ]
