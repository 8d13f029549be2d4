from django.db import migrations

from newsroom.lib.shown import shown


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0020_generation"),
    ]

    operations = [shown("newsroom_publication"), shown("newsroom_sociallink")]
