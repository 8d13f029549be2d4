"""Updates and editor's notes stay above the text, where all notices have stood so far."""

from django.db import migrations

MOVE = "UPDATE articles_notice SET place = 'top' WHERE kind IN ('update', 'editors-note')"


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_notice_place")]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
