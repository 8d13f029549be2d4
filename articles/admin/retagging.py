"""A tag is added to many pieces at once, or removed, from the list."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from articles.admin.bulk import listed
from articles.admin.typed import user_of
from articles.forms.retag import ADD, RetagForm
from articles.models import Article, Tag, TaggedArticle
from articles.services import tagging

MOST = 5000  # pieces at once


@dataclass(frozen=True)
class Plan:
    """What would happen to the chosen pieces."""

    tag: Tag
    adds: bool
    wanted: list[int]  # the ids of those that change
    n_same: int  # that have the tag already, or lack it
    n_kickers: int  # that show it above the headline
    n_bound: int  # published ones that keep it
    others: list[Article]  # that `request.user` may not change


def urls() -> list[URLPattern]:
    view = admin.site.admin_view(retag)
    return [path("tag/", view, name="articles_article_retag")]


@admin.action(description="Tag …", permissions=["change"])
def tag_all(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Article]
) -> HttpResponse | None:
    """The list's action: asks which tag."""
    ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        messages.warning(request, f"Nothing was done: choose at most {MOST:,} pieces at once.")
        return None
    form = RetagForm(initial={"pieces": ",".join(map(str, ids))})
    return screen(request, form, n=len(ids), place=request.GET.urlencode())


@require_POST
def retag(request: HttpRequest) -> HttpResponse:
    """Shows what would change; changes it once somebody is `sure`. At most 20 queries then."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied
    form, place = RetagForm(request.POST), QueryDict(request.POST.get("place", "")).urlencode()
    if not form.is_valid():
        n = request.POST.get("pieces", "").count(",") + 1
        return screen(request, form, n=n, place=place, status=422)
    chosen = form.cleaned_data
    plan = planned(request, chosen["pieces"][:MOST], chosen["tag"], adds=chosen["how"] == ADD)
    if "sure" in request.POST:
        return done(request, plan, place)
    return screen(request, form, n=len(chosen["pieces"]), place=place, plan=plan)


def planned(request: HttpRequest, ids: list[int], tag: Tag, *, adds: bool) -> Plan:
    """2 queries."""
    may = admin.site.get_model_admin(Article).has_change_permission
    fields = ["headline", "status", "created_by_id", "kicker_id"]
    pieces = list(Article.objects.filter(pk__in=ids).order_by("pk").only(*fields))
    own = {piece.pk for piece in pieces if may(request, piece)}
    links = TaggedArticle.objects.filter(tag=tag, content_object__in=own)
    is_bound = Exists(tagging.bound_to(tag).filter(pk=OuterRef("content_object")))
    have = dict(links.values_list("content_object", is_bound))
    n_bound = 0 if adds else sum(have.values())
    wanted = own - set(have) if adds else {pk for pk in have if not have[pk]}
    changing = [piece for piece in pieces if piece.pk in wanted]
    return Plan(
        tag=tag,
        adds=adds,
        wanted=[piece.pk for piece in changing],
        n_same=len(own) - len(changing) - n_bound,
        n_kickers=0 if adds else sum(piece.kicker_id == tag.pk for piece in changing),
        n_bound=n_bound,
        others=[piece for piece in pieces if piece.pk not in own],
    )


def done(request: HttpRequest, plan: Plan, place: str) -> HttpResponseRedirect:
    change = tagging.add_to if plan.adds else tagging.remove_from
    try:
        n_changed = change(plan.wanted, plan.tag, by=user_of(request))
    except tagging.Busy as error:
        messages.error(request, str(error))
    else:
        words = f"“{plan.tag}” {'added to' if plan.adds else 'removed from'} {number(n_changed)}."
        left = f" Not yours to change: {listed([f'“{one}”' for one in plan.others])}."
        kept = f" {bound(plan.n_bound)}" if plan.n_bound else ""
        messages.success(request, words + kept + (left if plan.others else ""))
    return redirect(f"{reverse('admin:articles_article_changelist')}?{place}")


def bound(n_pieces: int) -> str:
    keeps, their = ("keeps", "its") if n_pieces == 1 else ("keep", "their")
    return f"{number(n_pieces)} {keeps} it: it is {their} only kicker."


def number(n_pieces: int) -> str:
    return f"{n_pieces} piece{'' if n_pieces == 1 else 's'}"


def screen(
    request: HttpRequest, form: RetagForm, *, n: int, status: int = 200, **context: Any
) -> HttpResponse:
    plan: Plan | None = context.get("plan")
    context |= {
        **admin.site.each_context(request),
        "title": "Tag pieces",
        "opts": Article._meta,  # noqa: SLF001  # public
        "form": form,
        "n": n,
        "bound": bound(plan.n_bound) if plan and plan.n_bound else "",
        "others": listed([f"“{one}”" for one in plan.others]) if plan else "",
    }
    return render(request, "admin/articles/article/retag.html", context, status=status)
