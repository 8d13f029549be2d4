from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0024_article_body_links")]
    operations = [
        migrations.AddField(
            model_name="format",
            name="schema_type",
            field=models.CharField(
                choices=[
                    ("NewsArticle", "News"),
                    ("ReportageNewsArticle", "Reporting at first hand"),
                    ("AnalysisNewsArticle", "Analysis"),
                    ("OpinionNewsArticle", "Opinion"),
                ],
                default="NewsArticle",
                help_text="What search engines are told that pieces of this format are.",
                max_length=20,
                verbose_name="kind for search engines",
            ),
        ),
    ]
