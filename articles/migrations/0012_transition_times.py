"""The log of steps says for when a piece was published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_audited")]
    operations = [
        migrations.AddField(
            model_name="transition",
            name="appears_at",
            field=models.DateTimeField(help_text="As it was set with this step.", null=True),
        ),
        migrations.AddField(
            model_name="transition",
            name="goes_at",
            field=models.DateTimeField(help_text="As it was set with this step.", null=True),
        ),
    ]
