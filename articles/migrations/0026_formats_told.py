"""The formats that most magazines have are told to search engines by their names."""

from django.db import migrations

TELL = """
UPDATE articles_format AS f SET schema_type = t.schema_type
FROM (VALUES
    ('reporting', 'ReportageNewsArticle'),
    ('analysis', 'AnalysisNewsArticle'),
    ('opinion', 'OpinionNewsArticle')
) AS t (slug, schema_type)
WHERE f.slug = t.slug
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_format_schema_type")]
    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]
