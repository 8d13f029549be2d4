"""How fast a round-up is sent, how it is paused and certified, and what comes back."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Bounce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hard", "For good"),
                            ("soft", "For now"),
                            ("complaint", "Complaint"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("server", "Refused by the mail server"),
                            ("report", "Came back by mail"),
                            ("provider", "Told by the provider"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(help_text="In UTC.")),
                (
                    "code",
                    models.CharField(blank=True, help_text="As in 5.1.1, RFC 3463.", max_length=20),
                ),
                (
                    "answer",
                    models.CharField(blank=True, help_text="Without addresses.", max_length=200),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DomainLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "domain",
                    models.CharField(help_text="As in gmail.com.", max_length=253, unique=True),
                ),
                (
                    "per_minute",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="letters a minute"
                    ),
                ),
                (
                    "per_hour",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="letters an hour"
                    ),
                ),
            ],
            options={
                "ordering": ["domain"],
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("lane", models.IntegerField(primary_key=True, serialize=False)),
                ("next_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lane", models.IntegerField()),
                ("minute", models.DateTimeField(help_text="Its beginning, in UTC.")),
                ("n", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name_plural": "tallies",
                "ordering": ["lane", "minute"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="issue",
            name="newsletter_issue_started_has_day",
        ),
        migrations.AddField(
            model_name="issue",
            name="books",
            field=models.JSONField(
                editable=False,
                help_text="When it started: candidates, prepared, and excluded by reason.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="certificate",
            field=models.JSONField(editable=False, help_text="Once it has ended.", null=True),
        ),
        migrations.AddField(
            model_name="issue",
            name="pause_why",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="issue",
            name="paused_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="issue",
            name="running_since",
            field=models.DateTimeField(
                editable=False, help_text="When it was started, or last resumed.", null=True
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="connections",
            field=models.PositiveSmallIntegerField(
                default=4,
                help_text="At once, of each machine that sends.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(20),
                ],
                verbose_name="connections to the mail server",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="late_hours",
            field=models.PositiveSmallIntegerField(
                default=6,
                help_text="One that could not start in time is sent within these hours; later it waits for somebody to decide.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(72),
                ],
                verbose_name="hours that a round-up may be late",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="per_day",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="letters a day",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="per_hour",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="letters an hour",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="per_minute",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="To all readers together. Empty: as fast as the mail server takes them.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="letters a minute",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="sends_uncertain",
            field=models.BooleanField(
                default=True,
                help_text="When the connection breaks before the mail server has said whether it took a letter: on, the reader may get it twice; off, perhaps not at all, until somebody decides.",
                verbose_name="send again when an answer is lost",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="warm_up_first",
            field=models.PositiveIntegerField(
                default=500,
                help_text="Twice as many on each further day on which letters leave.",
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="letters on the first day",
            ),
        ),
        migrations.AddField(
            model_name="newsletter",
            name="warm_up_from",
            field=models.DateField(
                blank=True,
                help_text="For a sender that mail providers do not know yet. Empty: no warming up.",
                null=True,
                verbose_name="warming up since",
            ),
        ),
        migrations.AlterField(
            model_name="issue",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("approved", "Approved"),
                    ("scheduled", "Scheduled"),
                    ("sending", "Being sent"),
                    ("paused", "Paused"),
                    ("stopped", "Stopped"),
                    ("sent", "Sent"),
                ],
                default="draft",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["sending", "paused", "stopped", "sent"]), _negated=True
                    ),
                    models.Q(("published_on__isnull", False), ("started_at__isnull", False)),
                    _connector="OR",
                ),
                name="newsletter_issue_started_has_day",
            ),
        ),
        migrations.AddField(
            model_name="bounce",
            name="issue",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="newsletter.issue",
            ),
        ),
        migrations.AddField(
            model_name="bounce",
            name="subscriber",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bounces",
                to="newsletter.subscriber",
            ),
        ),
        migrations.AddField(
            model_name="domainlimit",
            name="newsletter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="domain_limits",
                to="newsletter.newsletter",
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("lane", "minute"), name="newsletter_tally_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.UniqueConstraint(
                fields=("subscriber", "on", "kind"), name="newsletter_bounce_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="domainlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_minute__gt", 0), ("per_hour__gt", 0), _connector="OR"),
                name="newsletter_domainlimit_limits",
                violation_error_message="Give a number of letters, a minute or an hour.",
            ),
        ),
    ]
