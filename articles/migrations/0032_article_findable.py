from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import ExtractMonth, ExtractYear


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0031_article_may_republish"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="article",
            index=models.Index(
                ExtractYear("published_on") * 12 + ExtractMonth("published_on"),
                "id",
                condition=models.Q(
                    ("canonical_url", ""), ("is_noindex", False), ("status", "published")
                ),
                name="articles_article_findable",
            ),
        ),
    ]
