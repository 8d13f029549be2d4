"""Notes what changes in pieces, photos, and whatever orders and places them.

Of a piece's body length and hash are noted: each text of it is a revision anyway, and a second one
here would double what a save writes.
"""

from django.db import migrations

from newsroom.lib.audit import watch

PIECE = {"part_of": "articles_article", "key": "article_id"}
BOX = {"part_of": "articles_topicbox", "key": "box_id"}
FRONT = {"part_of": "articles_frontpage", "key": "front_page_id"}
# The worker makes pictures anew, at new addresses.
PICTURES = ["token", "renditions", "width", "height"]
VIEWS = ["n_views", "viewed_at"]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_former_address"),
        ("newsroom", "0011_audit"),
    ]
    operations = [
        watch(
            "articles_article",
            names=["headline"],
            unwatched=["version", "saved_at", "n_words"],
            long=["body"],
        ),
        watch(
            "articles_taggedarticle",
            names=["tag_id"],
            part_of="articles_article",
            key="content_object_id",
        ),
        watch("articles_byline", names=["contributor_id"], **PIECE),
        watch("articles_relatedlink", names=["to_article_id"], **PIECE),
        watch("articles_notice", names=["kind"], **PIECE),
        watch("articles_previewlink", names=["for_whom"], unwatched=VIEWS, **PIECE),
        watch("articles_photo", names=["caption", "subjects", "alt"], unwatched=PICTURES),
        *[watch(f"articles_{one}", names=["name"]) for one in ("tag", "section", "format")],
        *[watch(f"articles_{one}", names=["name"]) for one in ("series", "contributor")],
        *[watch(f"articles_{one}", names=["title"]) for one in ("page", "topicbox")],
        watch("articles_topicboxpin", names=["article_id"], **BOX),
        watch("articles_frontpage", names=[]),
        watch("articles_frontpagepick", names=["article_id"], **FRONT),
    ]
