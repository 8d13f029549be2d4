from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("articles", "0022_article_ends"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="photo",
            index=models.Index(
                fields=["-id"],
                condition=models.Q(("may_republish", True)),
                name="articles_photo_may_republish",
            ),
        ),
    ]
