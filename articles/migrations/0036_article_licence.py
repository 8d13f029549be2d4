from django.db import migrations, models

NAMES = ["BY 4.0", "BY-SA 4.0", "BY-ND 4.0", "BY-NC 4.0", "BY-NC-SA 4.0", "BY-NC-ND 4.0"]
LICENCES = [*(f"CC {name}" for name in NAMES), "CC0 1.0"]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0035_article_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="licence",
            field=models.CharField(
                blank=True,
                choices=[("", "The publication's terms"), *((name, name) for name in LICENCES)],
                db_default="",
                help_text="Under which others may republish it.",
                max_length=20,
            ),
        ),
    ]
