from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_article_without_appeals"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="withdrawn_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When its addresses were changed so that nobody finds it any more.",
                null=True,
            ),
        ),
    ]
