from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0013_audit_roles"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="auditentry",
            name="newsroom_audit_kind",
        ),
        migrations.RemoveIndex(
            model_name="auditentry",
            name="newsroom_audit_actor",
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["kind", "id", "action"], name="newsroom_audit_kind"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                fields=["actor", "id", "kind", "action"], name="newsroom_audit_actor"
            ),
        ),
    ]
