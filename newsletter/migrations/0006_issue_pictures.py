from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from newsroom.lib.captures import Captures


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0005_former_ledger"),
        ("newsroom", "0008_captures"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="issue",
            index=GinIndex(
                Captures("html", "/photos/([A-Za-z0-9_-]+)/"), name="newsletter_issue_pictures"
            ),
        ),
    ]
