from django.db import migrations

from newsroom.lib.shown import shown

IS_OUT = "one.published_on IS NOT NULL"  # it has a page in the archive


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0006_issue_pictures"),
        ("newsroom", "0021_shown"),
    ]

    operations = [shown("newsletter_newsletter"), shown("newsletter_issue", where=IS_OUT)]
