"""Review, approval, an end, a kill, and a row for each step of a piece."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import newsroom.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_photo_lookups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.CharField(max_length=12)),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "In review"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("killed", "Killed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "In review"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("killed", "Killed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-pk"],
                "permissions": [
                    ("submit_article", "Can send pieces to review and take them back"),
                    ("return_article", "Can return pieces to their writers"),
                    ("approve_article", "Can approve pieces"),
                    ("publish_article", "Can publish pieces, now or at a time"),
                    ("unpublish_article", "Can take published pieces back"),
                    ("kill_article", "Can kill pieces and take that back"),
                    ("override_checks", "Can publish pieces that blocking checks hold back"),
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="kill_notice",
            field=newsroom.lib.fields.InlineHtmlField(
                blank=True,
                editable=False,
                help_text="What stands at the address of a killed piece.",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="published_until",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When readers see it no more.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("review", "In review"),
                    ("approved", "Approved"),
                    ("published", "Published"),
                    ("killed", "Killed"),
                ],
                default="draft",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_until", None),
                    ("published_at", None),
                    ("published_until__gt", models.F("published_at")),
                    _connector="OR",
                ),
                name="articles_article_ends_after_start",
                violation_error_message="The end must be later than the publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "killed"), _negated=True),
                    ("published_on__isnull", False),
                    _connector="OR",
                ),
                name="articles_article_killed_was_published",
                violation_error_message="Only what was published is killed.",
            ),
        ),
        migrations.AddField(
            model_name="transition",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="transitions",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="transition",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
