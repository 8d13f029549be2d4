"""What was there before; of a thousand pieces at a time, so that nobody waits."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

STEP = 1_000
# The triggers fill in what is right.
ANEW = "UPDATE articles_{} SET public_from = NULL WHERE {} BETWEEN %s AND %s"
TABLES = {"taggedarticle": "content_object_id", "byline": "article_id", "notice": "article_id"}


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM articles_article")
        [[last]] = cursor.fetchall()
        for first in range(0, last + 1, STEP):
            for names in TABLES.items():
                cursor.execute(ANEW.format(*names), [first, first + STEP - 1])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0037_listed")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
