"""An index: which pieces have a link to a piece in their text."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations

from newsroom.lib.captures import Captures

PATH = "/[0-9]{4}/[0-9]{2}/[0-9]{2}/[-a-zA-Z0-9_]+/"


class Migration(migrations.Migration):
    atomic = False  # a large archive is not locked meanwhile

    dependencies = [
        ("articles", "0023_photo_may_republish"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="article",
            index=GinIndex(
                Captures("body", f'<a href="([^"?#]*{PATH})'),
                name="articles_article_body_links",
            ),
        ),
    ]
