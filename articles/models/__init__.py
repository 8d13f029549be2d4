from articles.models.article import Article, ArticleQuerySet, Byline, RelatedLink
from articles.models.contributor import Contributor
from articles.models.notice import Notice
from articles.models.page import Page
from articles.models.photo import Photo
from articles.models.placement import FrontPage, FrontPagePick, TopicBox, TopicBoxPin
from articles.models.taxonomy import Format, Section, Series, Tag, TaggedArticle

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Byline",
    "Contributor",
    "Format",
    "FrontPage",
    "FrontPagePick",
    "Notice",
    "Page",
    "Photo",
    "RelatedLink",
    "Section",
    "Series",
    "Tag",
    "TaggedArticle",
    "TopicBox",
    "TopicBoxPin",
]
