"""Links that show a draft to people without an account."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from articles import services
from articles.admin.piece_screen import found, may_change, screen
from articles.admin.typed import user_of
from articles.models import Article, PreviewLink
from articles.services.sharing import DAYS, MAX_DAYS
from newsroom.lib.dates import spoken

LATEST, FROZEN = "latest", "frozen"


class ShareForm(forms.Form):
    for_whom = forms.CharField(
        label="For whom", max_length=80, required=False, help_text="To tell the links apart."
    )
    days = forms.IntegerField(
        label="Good for",
        min_value=1,
        max_value=MAX_DAYS,
        initial=DAYS,
        help_text=f"Days, at most {MAX_DAYS}.",
        error_messages={"required": "Say for how many days."},
    )
    shows = forms.ChoiceField(
        label="Shows",
        choices=[(LATEST, "Always the latest text"), (FROZEN, "The text as it is saved now")],
        initial=LATEST,
        widget=forms.RadioSelect,
    )


def urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("<int:pk>/share/", wrap(share), name="articles_article_share"),
        path("<int:pk>/share/<int:link>/revoke/", wrap(revoke), name="articles_article_revoke"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    article = changeable(request, pk)
    form = ShareForm(request.POST if request.method == "POST" else None)
    can_share = not article.is_public() and article.status != Article.Status.KILLED
    if not (can_share and form.is_bound and form.is_valid()):
        now = timezone.now()
        links = article.preview_links.select_related("revision", "created_by")
        context = {
            "form": form,
            "links": links,
            "open": set(links.open(now).values_list("pk", flat=True)),
            "can_share": can_share,
            "site_url": settings.SITE_URL,
        }
        return screen(request, "share", article, **context, status=422 if form.errors else 200)
    made = form.cleaned_data
    link = services.share(
        article,
        by=user_of(request),
        days=made["days"],
        is_frozen=made["shows"] == FROZEN,
        for_whom=made["for_whom"],
    )
    messages.success(request, f"The link is made. It works until {spoken(link.expires_at)}.")
    return redirect("admin:articles_article_share", pk)


@require_POST
def revoke(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    article = changeable(request, pk)
    services.revoke(get_object_or_404(PreviewLink, pk=link, article=article))
    messages.success(request, "The link shows nothing any more.")
    return redirect("admin:articles_article_share", pk)


def changeable(request: HttpRequest, pk: int) -> Article:
    article = found(request, pk)
    if not may_change(request, article):
        raise PermissionDenied
    return article
