import django.contrib.postgres.indexes
from django.db import migrations

from newsroom.lib.words import Words


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0034_shown"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                Words("headline", "deck", "slug"), name="articles_article_words"
            ),
        ),
    ]
