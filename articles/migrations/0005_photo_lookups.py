"""Indexes: where a photo is used, which photos have these words, which expire."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from newsroom.lib.captures import Captures
from newsroom.lib.words import Words


class Migration(migrations.Migration):
    atomic = False  # a large archive is not locked meanwhile

    dependencies = [
        ("articles", "0004_photo_withdrawn_at"),
        ("newsroom", "0008_captures"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="article",
            index=GinIndex(
                Captures("body", '<figure data-photo="([0-9]+)">'),
                name="articles_article_body_photos",
            ),
        ),
        AddIndexConcurrently(
            model_name="photo",
            index=GinIndex(
                Words("caption", "alt", "subjects", "photographer", "agency"),
                name="articles_photo_words",
            ),
        ),
        AddIndexConcurrently(
            model_name="photo",
            index=models.Index(
                fields=["expires_on"],
                condition=models.Q(("expires_on__isnull", False)),
                name="articles_photo_expires_on",
            ),
        ),
    ]
