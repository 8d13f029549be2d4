from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0024_shown_in_bulk"),
    ]

    operations = [
        migrations.AddField(
            "purge",
            "told_at",
            models.DateTimeField(db_default=Now(), help_text="When it was told first of that."),
        ),
        migrations.AddField(
            "purge",
            "repeated",
            models.BigIntegerField(db_default=0, help_text="The state, when it was told again."),
        ),
        migrations.AlterField(
            "purge",
            "settled",
            models.BigIntegerField(default=0, help_text="The same, when it was told at last."),
        ),
    ]
