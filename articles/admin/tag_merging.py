"""Tags that become one: what would change, doing it, and taking it back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.typed import user_of
from articles.forms.tags import IntoForm
from articles.models import Article, Tag, TagMerge
from articles.services import tagging
from newsroom.lib.dates import spoken

REFUSED = (tagging.Busy, tagging.CannotMerge, tagging.CannotPart)
N_SHOWN = 100  # pieces of a merge
MANY = 2000  # pieces; a few seconds


def urls() -> list[URLPattern]:
    wrap = admin.site.admin_view
    return [
        path("merge/", wrap(merge), name="articles_tag_merge"),
        path("merge/<int:pk>/undo/", wrap(undo), name="articles_tag_part"),
    ]


def may_merge(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.merge_tag")


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """?tag=ID&tag=ID&into=ID: what would change, and the button; without `into`, the question."""
    if not may_merge(request):
        raise PermissionDenied
    into = next(iter(with_ids(request.GET.getlist("into"))), None)
    tags = [tag for tag in with_ids(request.GET.getlist("tag")) if tag != into]
    form = IntoForm(request.GET if "into_0" in request.GET else None)
    if not tags:
        messages.warning(request, "Choose a tag first, then the one that it becomes part of.")
        return redirect("admin:articles_tag_changelist")
    if form.is_bound and form.is_valid():
        return redirect(address(tags, form.cleaned_data["into"]))
    if request.method == "POST" and into:
        return done(request, tags, into)
    effects = [tagging.effects(tag, into) for tag in tags] if into else []
    context = {
        **admin.site.each_context(request),
        "title": "Merge tags",
        "opts": Tag._meta,  # noqa: SLF001  # public
        "tags": tags,
        "into": into,
        "form": form,
        "effects": effects,
        "takes_long": sum(effect.n_pieces for effect in effects) > MANY,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/tag/merge.html", context, status=status)


def with_ids(ids: list[str]) -> list[Tag]:
    return list(Tag.objects.filter(pk__in=[pk for pk in ids if pk.isdecimal() and len(pk) < 19]))


def address(tags: list[Tag], into: Tag) -> str:
    query = QueryDict(mutable=True)
    query.setlist("tag", [str(tag.pk) for tag in tags])
    query["into"] = str(into.pk)
    return f"{reverse('admin:articles_tag_merge')}?{query.urlencode()}"


def done(request: HttpRequest, tags: list[Tag], into: Tag) -> HttpResponse:
    try:
        merges = tagging.merge(tags, into, by=user_of(request))
    except REFUSED as error:
        messages.error(request, str(error))
        return redirect(request.get_full_path())
    for record in merges:
        n_pieces = f"{record.n_pieces} piece{'' if record.n_pieces == 1 else 's'}"
        words = f"“{record.name}” is part of “{into}” now; {n_pieces} changed."
        messages.success(request, f"{words} You can undo it at the end of this page.")
    return redirect("admin:articles_tag_change", into.pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_merge(request):
        raise PermissionDenied
    record = get_object_or_404(TagMerge, pk=pk)
    try:
        n_left = tagging.part(record, by=user_of(request))
    except REFUSED as error:
        messages.error(request, str(error))
        return redirect("admin:articles_tagmerge_change", pk)
    left = f" {n_left} of its pieces have been changed since and stay so." if n_left else ""
    messages.success(request, f"“{record.name}” is a tag of its own again.{left}")
    return redirect("admin:articles_tag_change", record.kept["tag"]["id"])


@admin.register(TagMerge)
class TagMergeAdmin(admin.ModelAdmin):
    """What was merged, to read and to undo."""

    actions = None
    list_display = ["what", "number", "by", "when", "undone"]
    list_select_related = ["by", "undone_by"]
    show_full_result_count = False
    search_fields = ["name", "into_name"]
    fields = ("what", "by", "when", "undone", "pieces")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: TagMerge | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: TagMerge | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: TagMerge | None = None) -> bool:
        return may_merge(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_merge(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found: QuerySet = super().get_queryset(request).defer("kept")
        return found

    @admin.display(description="merge", ordering="name")
    def what(self, record: TagMerge) -> str:
        return str(record)

    @admin.display(description="pieces", ordering="n_pieces")
    def number(self, record: TagMerge) -> int:
        return record.n_pieces

    @admin.display(description="when", ordering="at")
    def when(self, record: TagMerge) -> str:
        return spoken(record.at)

    @admin.display(description="undone")
    def undone(self, record: TagMerge) -> str:
        if not record.undone_at:
            return "no"
        return f"{spoken(record.undone_at)}, by {record.undone_by or 'the system'}"

    @admin.display(description="pieces")
    def pieces(self, record: TagMerge) -> SafeString:
        """The first of them, with their numbers."""
        links = record.kept["moved"] + record.kept["dropped"]
        ids = {piece for _, piece in links} | set(record.kept["kickers"])
        shown = Article.objects.filter(pk__in=ids).order_by("-pk").only("headline")[:N_SHOWN]
        more = len(ids) - N_SHOWN
        rows = [(reverse("admin:articles_article_change", args=[a.pk]), a) for a in shown]
        lines = format_html_join("", '<div><a href="{}">{}</a></div>', rows)
        return format_html("{}{}", lines, f"and {more} more" if more > 0 else "")
