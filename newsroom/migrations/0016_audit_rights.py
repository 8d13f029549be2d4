"""Nobody attaches the triggers of the audit to a table of their own, to forge entries by it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0015_tag_roles")]
    operations = [
        migrations.RunSQL(
            "REVOKE EXECUTE ON FUNCTION newsroom_note() FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION newsroom_note() TO PUBLIC",
        )
    ]
