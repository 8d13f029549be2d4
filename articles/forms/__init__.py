from articles.forms.article import ArticleForm
from articles.forms.photo import PhotoForm

__all__ = ["ArticleForm", "PhotoForm"]
