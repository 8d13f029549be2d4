"""Tags: the list, and the form with their other names and what was merged into them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone

from articles.admin import tag_duplicates, tag_merging
from articles.admin.taxonomy import TaxonomyAdmin
from articles.admin.typed import user_of
from articles.forms.tags import TagForm
from articles.models import Tag, TagAlias, TaggedArticle, TagMerge
from articles.services import addresses, tagging
from newsroom.lib.dates import spoken


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("none", "On no piece"), ("some", "On a piece")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        used = Exists(TaggedArticle.objects.filter(tag=OuterRef("pk")))
        conditions = {"none": ~used, "some": used}
        condition = conditions.get(self.value() or "")
        return queryset.filter(condition) if condition is not None else queryset


@admin.register(Tag)
class TagAdmin(TaxonomyAdmin):
    form = TagForm
    counted = (TaggedArticle.objects.all(), "tag")
    ordering = [Lower("name")]
    list_display = ["name", "other_names", "pieces", "last_used", "address"]
    list_filter = [UseFilter]
    search_fields = ["name"]
    search_help_text = "Name or other name"
    fields = ["name", "other_names", "slug", "description"]
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        aliases = TagAlias.objects.filter(tag=OuterRef("pk")).values("name")
        public = TaggedArticle.objects.public(timezone.now()).filter(tag=OuterRef("pk"))
        newest = Subquery(public.order_by("-public_from").values("public_from")[:1])
        found: QuerySet = (
            super()
            .get_queryset(request)
            .annotate(alias_names=ArraySubquery(aliases), used_at=newest)
        )
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By a part of the name or of another one; no join, which would count all that it finds."""
        typed = " ".join(search_term.split())
        other = TagAlias.objects.filter(tag=OuterRef("pk"), name__icontains=typed)
        return queryset.filter(Q(name__icontains=typed) | Exists(other)), False

    @admin.display(description="other names")
    def other_names(self, tag: Any) -> str:
        return ", ".join(tag.alias_names)

    @admin.display(description="newest piece")
    def last_used(self, tag: Any) -> str:
        return spoken(tag.used_at) if tag.used_at else ""

    def completion(self, tag: Any) -> dict[str, Any]:
        """`also` are the names that mean it, for who types one of them."""
        n_pieces = "1 piece" if tag.n_pieces == 1 else f"{tag.n_pieces} pieces"
        also = f"also {', '.join(tag.alias_names)}" if tag.alias_names else ""
        note = " · ".join(filter(None, [also, n_pieces]))
        return {"note": note, "also": tag.alias_names}

    def get_urls(self) -> list[URLPattern]:
        return [*tag_merging.urls(), *tag_duplicates.urls(), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Tag, form: Any, change: bool) -> None:
        """Under a new name, the old one goes on meaning the tag."""
        others = form.cleaned_data["other_names"]
        if change and (was := form.initial["name"]) != obj.name:
            tagging.rename(obj, obj.name, by=user_of(request))
            others = [*others, was]
        tagging.alone()  # first: whoever tags a piece may have to wait for the row
        addresses.save(obj, by=user_of(request))
        tagging.replace_aliases(obj, others)

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        tag: Tag | None = kwargs.get("obj")
        merges = TagMerge.objects.filter(undone_at=None).select_related("by").defer("kept")
        context["may_merge"] = tag_merging.may_merge(request)
        context["merges"] = list(merges.filter(into=tag)) if tag else []
        return super().render_change_form(request, context, **kwargs)
