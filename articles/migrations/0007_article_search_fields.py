"""What search engines and shared links say of a piece."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_article_states"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="canonical_url",
            field=models.URLField(
                blank=True,
                help_text="Full address, where another site published it first; search engines lead there.",
                validators=[
                    django.core.validators.URLValidator(
                        message="Use a full address that starts with https://", schemes=["https"]
                    )
                ],
                verbose_name="first published at",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="is_noindex",
            field=models.BooleanField(
                default=False,
                help_text="Readers with the address see it.",
                verbose_name="keep out of search engines",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="search_description",
            field=models.CharField(
                blank=True,
                help_text="Empty: the deck.",
                max_length=300,
                verbose_name="description in search results",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="search_title",
            field=models.CharField(
                blank=True,
                help_text="Empty: the headline.",
                max_length=120,
                verbose_name="title in search results",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="social_title",
            field=models.CharField(
                blank=True,
                help_text="Empty: the headline.",
                max_length=120,
                verbose_name="title when shared",
            ),
        ),
    ]
