"""What goes at a time, by index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0021_tags_audited")]
    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("published_until__isnull", False)),
                fields=["published_until"],
                name="articles_article_ends",
            ),
        ),
    ]
