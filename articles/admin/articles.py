"""Pieces: the list, and the screen on which they are written."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import photos, services, workflow
from articles.admin import (
    checking,
    collisions,
    history,
    keeping,
    kept,
    killing,
    notices,
    offering,
    presence,
    previewing,
    retagging,
    sharing,
    step_screen,
    stepping,
)
from articles.admin.article_list import FILTERS, ArticleColumns, ArticleList
from articles.admin.bulk import BulkSteps
from articles.admin.state import state_of
from articles.admin.typed import belongings, times, user_of
from articles.admin.using import UsedAdmin
from articles.forms import ArticleForm
from articles.forms.times import has_begun
from articles.models import Article, FormerAddress
from articles.models.article_queryset import SEARCHED
from newsroom.lib import html
from newsroom.lib.dates import spoken


class AlreadyMade(Exception):
    """The form of a new piece came in again, from before its answer; `article` is what it made."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article


@admin.register(Article)
class ArticleAdmin(UsedAdmin, BulkSteps, ArticleColumns):
    form = ArticleForm
    list_filter = FILTERS
    search_fields = SEARCHED
    search_help_text = "Words of the headline, the deck or the address, or how they begin"
    list_per_page = 50
    show_full_result_count = False
    actions: Any = [*BulkSteps.actions, retagging.tag_all]
    # Drafts, then what waits for its time, then the newest: as the index has them.
    ordering = ["status", models.F("published_at").desc(nulls_first=True), "-pk"]

    @property
    def media(self) -> forms.Media:
        """Our form brings its own modules; it needs none of Django's."""
        return forms.Media()

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Whoever may publish may change all but killed pieces; others their own drafts."""
        if not super().has_change_permission(request, obj):
            return False
        if obj and obj.status == Article.Status.KILLED:
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
        urls = [
            *checking.urls(),
            *previewing.urls(),
            *history.urls(),
            *sharing.urls(),
            *step_screen.urls(),
            *kept.urls(),
            *presence.urls(),
            *notices.urls(),
            *killing.urls(),
            *retagging.urls(),
            path("clean/", wrap(clean_paste), name="articles_clean"),
            *super().get_urls(),
        ]
        return keeping.surviving(urls)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not object_id.isdecimal():
            raise Http404
        return history.history(request, int(object_id))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleList]:
        return ArticleList

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        found = queryset.search(search_term)
        if request.path == reverse("admin:autocomplete"):
            published = found.filter(status=Article.Status.PUBLISHED)
            newest = published.order_by("-published_at", "-pk")
            found = newest.select_related("photo").defer("body")
        return found, False

    def completion(self, article: Article) -> dict[str, str]:
        when = spoken(article.published_at) if article.published_at else ""
        picture = photos.thumbnail(article.photo) if article.photo else ""
        return {"note": when, "picture": picture}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Locked while it is saved, so that two who save at once come one after the other."""
        if request.method != "POST" or not object_id.isdecimal():
            return cast("Article | None", super().get_object(request, object_id, from_field))
        locked = Article.objects.select_for_update(of=("self",)).select_related("kicker")
        return locked.filter(pk=object_id).first()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ArticleForm]:
        action = request.POST.get("_step", "")
        given = {"user": request.user, "action": action, "kept": offering.asked_for(request, obj)}
        return type("DeskArticleForm", (ArticleForm,), given)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST" or "_step" in request.POST:
            article = super().get_object(request, object_id)
            if (
                article
                and self.has_view_permission(request, article)
                and not self.has_change_permission(request, article)
                and (request.method != "POST" or stepping.is_again(request, article))
            ):
                if text := offering.asked_for(request, article):
                    return redirect("admin:articles_article_kept_text", text.pk)
                return redirect(stepping.screen_of(request, article), article.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        stepping.asked_for(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except AlreadyMade as made:
            posted: Any = request.POST.copy()
            posted["version"] = "1"
            request.POST = posted
            return self.change_view(request, str(made.article.pk), form_url, extra_context)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, *args: Any) -> Any:
        gone = keeping.piece_is_gone(request)
        return gone or super()._get_obj_does_not_exist_redirect(request, *args)  # type: ignore[misc]

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        form = context["adminform"].form
        if request.method == "POST":
            keeping.not_saved(request)
        if article and collisions.is_open(form):
            return collisions.ask(request, article, form)
        now = timezone.now()
        shown = article or Article(created_by=user_of(request))
        log = workflow.log_of(article) if article else []
        context |= {
            "form": form,
            "state": state_of(shown, now),
            **checking.panel(request, form),
            "former": FormerAddress.objects.paths(article) if article else [],
            "is_live": bool(article and article.is_public(now)),
            "is_scheduled": bool(article and article.is_scheduled(now)),
            "bar": stepping.bar(user_of(request), shown),
            "lacks_reason": "why" in request.GET,
            "has_begun": has_begun(shown),
            "zone": str(timezone.get_current_timezone()),
            "log": log,
            "returned": workflow.returned(log),
            "note": form.data.get("note", ""),
        }
        context |= offering.beside(request, article, form.kept)
        context |= presence.beside(request, article, now)
        response = super().render_change_form(request, context, **kwargs)
        if request.method == "POST":
            response.status_code = 422
        return response

    # Saving

    def save_model(
        self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool
    ) -> None:
        if not change and (made := services.twin(obj, by=user_of(request))):
            raise AlreadyMade(made)
        typed, by = form.cleaned_data, user_of(request)
        services.write(obj, belongings(typed), by=by, **times(typed, obj))
        collisions.settled(request, obj, form.collision)

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool
    ) -> None:
        step = stepping.asked_for(request)
        stepping.after_saving(request, form.instance, step, form.cleaned_data)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return workflow.STEPS[form.action].past if form.action else "Saved"

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: Any = None
    ) -> HttpResponse:
        return self.back_to(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self.back_to(request, obj)

    def back_to(self, request: HttpRequest, article: Article) -> HttpResponseRedirect:
        """The screen stays open, and asks for the reason that a step has missed."""
        keeping.saved(request)
        address = reverse("admin:articles_article_change", args=[article.pk])
        return redirect(f"{address}?why" if stepping.lacks_reason(request) else address)


@require_POST
def clean_paste(request: HttpRequest) -> HttpResponse:
    """What the editor puts in for markup that was pasted: the same that would be stored."""
    try:
        cleaned = html.clean(request.POST.get("html", ""))
    except html.TooLong as error:
        return HttpResponse(str(error), status=413, content_type="text/plain")
    return HttpResponse(cleaned, content_type="text/plain; charset=utf-8")
