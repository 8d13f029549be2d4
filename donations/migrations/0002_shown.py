from django.db import migrations

from newsroom.lib.shown import shown


class Migration(migrations.Migration):
    dependencies = [
        ("donations", "0001_initial"),
        ("newsroom", "0021_shown"),
    ]

    operations = [
        shown("donations_board", hard="was.content <> becomes.content"),
        *[shown(f"donations_{one}") for one in ("claim", "tie", "variant")],
    ]
