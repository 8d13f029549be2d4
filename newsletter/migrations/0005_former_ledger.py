"""The table before the ledger."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0004_ledger_rows")]
    operations = [
        migrations.DeleteModel("FormerDelivery"),
    ]
