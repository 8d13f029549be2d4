from django.db import migrations, models

from newsroom.lib.audit import watch


class Migration(migrations.Migration):
    dependencies = [("articles", "0028_words_of_pieces"), ("newsroom", "0011_audit")]

    operations = [
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "forms",
                    models.TextField(
                        help_text="One on each line. Whoever searches for one of them finds the others as well; accents and capitals make no difference.",
                        verbose_name="spellings",
                    ),
                ),
            ],
            options={"ordering": ["forms"]},
        ),
        watch("articles_spelling", names=["forms"]),
    ]
