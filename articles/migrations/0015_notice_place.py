"""Where a notice stands, what it takes the place of, and who made it and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="place",
            field=models.CharField(
                choices=[("top", "Above the text"), ("foot", "Below the text")],
                default="foot",
                max_length=4,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="reason",
            field=models.TextField(blank=True, help_text="For the desk; readers do not see it."),
        ),
        migrations.AddField(
            model_name="notice",
            name="supersedes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="successor",
                to="articles.notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("supersedes", None),
                    models.Q(("supersedes", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="articles_notice_not_itself",
            ),
        ),
    ]
