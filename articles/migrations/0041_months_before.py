"""The months of the pieces that were there before."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0040_month_count")]
    operations = [migrations.RunSQL("SELECT articles_count_all()", migrations.RunSQL.noop)]
