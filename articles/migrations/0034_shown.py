"""Pieces that nobody has published yet are saved all day; no reader sees anything of that."""

from django.db import migrations

from newsroom.lib.shown import shown

OUT = "'published', 'killed'"  # what has an address, if only for a notice
IS_OUT = f"SELECT FROM public.articles_article a WHERE a.status IN ({OUT}) AND a.id ="
GONE = (
    "was.status = 'published' AND (becomes.status <> 'published' OR becomes.published_until < "
    "coalesce(was.published_until, 'infinity') OR becomes.published_at > was.published_at)"
)
HIDDEN = "(was.expires_on, was.token) IS DISTINCT FROM (becomes.expires_on, becomes.token)"
PARTS = ["articles_byline", "articles_notice", "articles_relatedlink"]
WHOLE = [
    "articles_contributor",
    "articles_format",
    "articles_formeraddress",
    "articles_frontpage",
    "articles_frontpagepick",
    "articles_page",
    "articles_section",
    "articles_series",
    "articles_spelling",
    "articles_tag",
    "articles_tagalias",
    "articles_topicbox",
    "articles_topicboxpin",
    *(f"articles_partnerfeed{part}" for part in ("", "_formats", "_sections", "_series", "_tags")),
]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0033_partner_feed"),
        ("newsroom", "0021_shown"),
    ]

    operations = [
        shown("articles_article", where=f"one.status IN ({OUT})", hard=GONE),
        shown("articles_photo", hard=HIDDEN),
        shown("articles_taggedarticle", where=f"EXISTS ({IS_OUT} one.content_object_id)"),
        *[shown(table, where=f"EXISTS ({IS_OUT} one.article_id)") for table in PARTS],
        *[shown(table) for table in WHOLE],
    ]
