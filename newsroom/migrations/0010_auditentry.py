import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0009_desk_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "source",
                    models.CharField(help_text="The program, as it calls itself.", max_length=63),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=7,
                    ),
                ),
                ("kind", models.CharField(help_text="The table of what changed.", max_length=63)),
                ("object_id", models.BigIntegerField()),
                (
                    "part",
                    models.CharField(
                        help_text="The table of what hangs on it; or empty.", max_length=63
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="What it was called, or what hung on it.", max_length=200
                    ),
                ),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                (
                    "actor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "audit",
                "ordering": ["-pk"],
                "default_permissions": ["view"],
                "indexes": [
                    models.Index(fields=["kind", "object_id", "id"], name="newsroom_audit_object"),
                    models.Index(fields=["kind", "id"], name="newsroom_audit_kind"),
                    models.Index(fields=["actor", "id"], name="newsroom_audit_actor"),
                    models.Index(fields=["at"], name="newsroom_audit_at"),
                ],
            },
        ),
    ]
