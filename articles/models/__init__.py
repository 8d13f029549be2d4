from articles.models.article import Article
from articles.models.article_queryset import MONTH, ArticleQuerySet
from articles.models.autosave import Autosave
from articles.models.byline import Byline
from articles.models.contributor import Contributor
from articles.models.former_address import FormerAddress
from articles.models.month_count import MonthCount
from articles.models.notice import PLACES, Notice
from articles.models.page import Page
from articles.models.partner_feed import PartnerFeed
from articles.models.photo import Photo
from articles.models.placement import FrontPage, FrontPagePick, TopicBox, TopicBoxPin
from articles.models.presence import Presence
from articles.models.preview_link import PreviewLink
from articles.models.related_link import RelatedLink
from articles.models.revision import Revision
from articles.models.searched_text import NameWords, SearchedText
from articles.models.spelling import Spelling
from articles.models.tagging import TagAlias, TagMerge
from articles.models.taxonomy import Format, Section, Series, Tag, TaggedArticle
from articles.models.transition import Transition

__all__ = [
    "MONTH",
    "PLACES",
    "Article",
    "ArticleQuerySet",
    "Autosave",
    "Byline",
    "Contributor",
    "Format",
    "FormerAddress",
    "FrontPage",
    "FrontPagePick",
    "MonthCount",
    "NameWords",
    "Notice",
    "Page",
    "PartnerFeed",
    "Photo",
    "Presence",
    "PreviewLink",
    "RelatedLink",
    "Revision",
    "SearchedText",
    "Section",
    "Series",
    "Spelling",
    "Tag",
    "TagAlias",
    "TagMerge",
    "TaggedArticle",
    "TopicBox",
    "TopicBoxPin",
    "Transition",
]
