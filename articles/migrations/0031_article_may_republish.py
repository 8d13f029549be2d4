from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0030_series_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="may_republish",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="In the feeds of partners; with those of its pictures that the library gives away. Untick it where the text is not ours to give.",
                verbose_name="others may republish it",
            ),
        ),
    ]
