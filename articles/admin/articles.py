"""Pieces: the list, and the screen on which they are written."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import photos, services, views
from articles.admin.article_list import FILTERS, ArticleColumns, ArticleList
from articles.admin.state import state_of
from articles.forms import ArticleForm
from articles.models import Article, Notice
from newsroom.lib import csp, html
from newsroom.lib.dates import spoken
from newsroom.models import User

ACTIONS = {"_publish": "publish", "_unpublish": "unpublish"}


class AlreadyMade(Exception):
    """The same new piece came in twice; `article` is the first one."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article


@admin.register(Article)
class ArticleAdmin(ArticleColumns):
    form = ArticleForm
    list_filter = FILTERS
    search_fields = ["headline", "deck", "slug"]
    search_help_text = "Headline, deck or address"
    list_per_page = 50
    show_full_result_count = False
    actions = None
    # Drafts, then what waits for its time, then the newest: as the index has them.
    ordering = ["status", models.F("published_at").desc(nulls_first=True), "-pk"]

    @property
    def media(self) -> forms.Media:
        """Our form brings its own modules; it needs none of Django's."""
        return forms.Media()

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Whoever may publish may change every piece; others their own drafts."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.has_perm("articles.publish_article"):
            return True
        is_own = obj.created_by_id == request.user.pk
        return is_own and obj.status == Article.Status.DRAFT

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Only what no reader can have seen is deleted; what was public is unpublished."""
        never_public = obj is None or obj.published_on is None
        return never_public and super().has_delete_permission(request, obj)

    # The writing screen

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(self.preview), name="articles_article_preview"),
            path("clean/", wrap(clean_paste), name="articles_clean"),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleList]:
        return ArticleList

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path == reverse("admin:autocomplete"):
            published = found.filter(status=Article.Status.PUBLISHED)
            newest = published.order_by("-published_at", "-pk")
            found = newest.select_related("photo").defer("body")
        return found, may_repeat

    def completion(self, article: Article) -> dict[str, str]:
        when = spoken(article.published_at) if article.published_at else ""
        picture = photos.thumbnail(article.photo) if article.photo else ""
        return {"note": when, "picture": picture}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Locked while it is saved, so that two who save at once come one after the other."""
        article: Article | None = super().get_object(request, object_id, from_field)
        if article and request.method == "POST":
            article = Article.objects.select_for_update().filter(pk=article.pk).first()
        return article

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ArticleForm]:
        action = next((name for key, name in ACTIONS.items() if key in request.POST), "save")
        return type("DeskArticleForm", (ArticleForm,), {"user": request.user, "action": action})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "GET":
            article = self.get_object(request, object_id)
            if article and not self.has_change_permission(request, article):
                return redirect("admin:articles_article_preview", article.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        moves = any(key in request.POST for key in ACTIONS)
        if moves and not request.user.has_perm("articles.publish_article"):
            raise PermissionDenied
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except AlreadyMade as made:
            return self.back_to(request, made.article)

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        form = context["adminform"].form
        now = timezone.now()
        context |= {
            "form": form,
            "state": state_of(article or Article(), now),
            "missing": article.missing() if article and not form.is_bound else [],
            "may_publish": request.user.has_perm("articles.publish_article"),
            "stored": stored_fields(form),
            "is_live": bool(article and article.is_public(now)),
            "is_scheduled": bool(article and article.is_scheduled(now)),
        }
        response = super().render_change_form(request, context, **kwargs)
        if form.is_bound:
            response.status_code = 409 if form.conflict else 422
        return response

    # Saving

    def save_model(
        self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool
    ) -> None:
        if not change and (made := services.twin(obj, by=user_of(request))):
            raise AlreadyMade(made)
        if not form.saved_before:
            typed = form.cleaned_data
            user, planned = user_of(request), typed["publish_at"]
            services.write(obj, belongings(typed), by=user, planned=planned)

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool
    ) -> None:
        article, at = form.instance, form.cleaned_data["publish_at"]
        try:
            done = self.move(article, form.action, at, request)
        except services.NotReady as error:
            messages.warning(request, f"Saved as a draft, not published. {error}")
        else:
            messages.success(request, done)

    def move(self, article: Article, action: str, at: Any, request: HttpRequest) -> str:
        """Take `article` to the state that was asked for; what has happened, in a sentence."""
        if action == "publish":
            was_new = services.publish(article, by=user_of(request), at=at)
            words = state_of(article).word
            when = spoken(article.published_at or timezone.now())
            return f"{words}: {when}." if was_new else f"It was published already: {when}."
        if action == "unpublish":
            services.unpublish(article)
            return "Unpublished. It is a draft again, and readers no longer see it."
        if at and article.is_scheduled() and at != article.published_at:
            services.reschedule(article, at=at)
            return f"Saved. It will be published {spoken(at)}."
        return "Saved." if article.is_public() else f"Saved {spoken(timezone.now())}."

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return {"publish": "Published", "unpublish": "Unpublished"}.get(form.action, "Saved")

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: Any = None
    ) -> HttpResponse:
        return self.back_to(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self.back_to(request, obj)

    def back_to(self, request: HttpRequest, article: Article) -> HttpResponseRedirect:
        """The screen stays open; writers whose piece is public now see it as readers do."""
        return redirect("admin:articles_article_change", article.pk)

    # As readers will see it

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = Article.objects.for_page().filter(pk=pk).first()
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if article is None:
            raise Http404
        response = views.article_page(request, article, timezone.now())
        response["X-Robots-Tag"] = "noindex"
        response["Content-Security-Policy"] = csp.header(settings.SECURE_CSP)  # videos play
        return response


@require_POST
def clean_paste(request: HttpRequest) -> HttpResponse:
    """What the editor puts in for markup that was pasted: the same that would be stored."""
    try:
        cleaned = html.clean(request.POST.get("html", ""))
    except html.TooLong as error:
        return HttpResponse(str(error), status=413, content_type="text/plain")
    return HttpResponse(cleaned, content_type="text/plain; charset=utf-8")


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in


def belongings(cleaned: dict[str, Any]) -> services.Belongings:
    return services.Belongings(
        tags=cleaned["tag_list"],
        kicker=cleaned["kicker_name"],
        bylines=[(row["contributor"], row["role"]) for row in cleaned["bylines"]],
        related=[row["article"] for row in cleaned["related_links"]],
        notices=[Notice(**row) for row in cleaned["notices"]] if "notices" in cleaned else None,
    )


def stored_fields(form: ArticleForm) -> dict[str, Any]:
    """What is stored in the fields that somebody else has changed, as text to read."""
    if not form.is_bound:
        return {}
    return {name: form.stored_text(name) for name in form.conflict}
