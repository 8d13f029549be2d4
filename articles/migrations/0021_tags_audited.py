"""Notes what changes in other names of tags and in merges of tags."""

from django.db import migrations

from newsroom.lib.audit import watch


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_byline_use"),
        ("newsroom", "0011_audit"),
    ]
    operations = [
        watch("articles_tagalias", names=["name"], part_of="articles_tag", key="tag_id"),
        watch("articles_tagmerge", names=["name"], long=["kept"]),
    ]
