"""The words of the pieces that were there before; locks none of them."""

from django.db import migrations

FILL = """
INSERT INTO articles_searchedtext (article_id, words)
SELECT id, articles_words(headline, deck, body) FROM articles_article
ON CONFLICT (article_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_searched_text")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
