"""What a piece said after each save."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_article_search_fields"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                ("is_aside", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-version", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["article", "-version", "-id"], name="articles_revision_of"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_aside", False)),
                fields=("article", "version"),
                name="articles_revision_one_a_version",
            ),
        ),
    ]
