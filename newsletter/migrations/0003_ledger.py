"""The ledger; a table of its own, as no migration makes a primary key of two columns."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0002_pace_and_bounces")]
    operations = [
        migrations.RenameModel("Delivery", "FormerDelivery"),
        migrations.AlterField(
            "formerdelivery",
            "issue",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="newsletter.issue"
            ),
        ),
        migrations.AlterField(
            "formerdelivery",
            "subscriber",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="newsletter.subscriber",
            ),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "issue",
                        "subscriber",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="newsletter.issue",
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="deliveries",
                        to="newsletter.subscriber",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Waits"),
                            ("leased", "Next"),
                            ("uncertain", "Uncertain"),
                            ("accepted", "Accepted"),
                            ("deferred", "Put off"),
                            ("failed", "Refused"),
                            ("bounced", "Came back"),
                            ("suppressed", "Not sent"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "lane",
                    models.IntegerField(default=0, help_text="The limit of its domain, or 0."),
                ),
                ("n_attempts", models.SmallIntegerField(default=0)),
                (
                    "n_lost",
                    models.SmallIntegerField(
                        default=0, help_text="Attempts whose answer was lost."
                    ),
                ),
                (
                    "fence",
                    models.IntegerField(
                        default=0,
                        help_text="Grows with each lease; what an older one writes is refused.",
                    ),
                ),
                (
                    "sender",
                    models.IntegerField(help_text="The process that has it in hand.", null=True),
                ),
                (
                    "line",
                    models.SmallIntegerField(
                        help_text="Which of its lines has, or had, it.", null=True
                    ),
                ),
                ("next_at", models.DateTimeField(null=True)),
                (
                    "done_at",
                    models.DateTimeField(help_text="When its last attempt ended.", null=True),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, help_text="Of the server, or why not.", max_length=200
                    ),
                ),
            ],
            options={
                "ordering": ["issue_id", "subscriber_id"],
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status", "planned")),
                fields=["issue", "lane", "subscriber"],
                name="newsletter_delivery_planned",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status", "deferred")),
                fields=["issue", "lane", "next_at"],
                name="newsletter_delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("status__in", ["leased", "uncertain"])),
                fields=["issue", "next_at"],
                name="newsletter_delivery_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("done_at__isnull", False)),
                fields=["issue", "done_at"],
                name="newsletter_delivery_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["planned", "deferred", "leased"]), _negated=True),
                    ("next_at__isnull", False),
                    _connector="OR",
                ),
                name="newsletter_delivery_waits_for_a_moment",
            ),
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("identity", models.CharField(max_length=200)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Sender",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("host", models.CharField(max_length=100)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(help_text="By the database's clock.")),
            ],
        ),
        migrations.AddConstraint(
            model_name="origin",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)), name="newsletter_origin_single"
            ),
        ),
    ]
