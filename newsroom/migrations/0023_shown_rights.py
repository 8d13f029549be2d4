"""Nobody has the owner run SQL by triggers on a table of their own, or says that anything changed."""

from django.db import migrations

FUNCTIONS = (
    "newsroom_changed(boolean), newsroom_shown(), newsroom_change_ending(), newsroom_advance()"
)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0022_purge")]
    operations = [
        migrations.RunSQL(
            f"REVOKE EXECUTE ON FUNCTION {FUNCTIONS} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {FUNCTIONS} TO PUBLIC",
        )
    ]
