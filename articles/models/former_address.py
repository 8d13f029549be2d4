"""Addresses that readers knew a page by before it moved."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef


class FormerAddressQuerySet(models.QuerySet["FormerAddress"]):
    def of(self, row: models.Model) -> Self:
        """Those that lead to `row`."""
        return self.filter(kind=row._meta.model_name, target=row.pk)  # noqa: SLF001  # public

    def paths(self, row: models.Model) -> list[str]:
        """The addresses that lead to `row` besides its own, the last one first; 1 query."""
        day = {"published_on": "day"} if hasattr(row, "published_on") else {}
        parts = {"slug": "slug", **day}
        rows: models.QuerySet = models.QuerySet(type(row))
        taken = rows.filter(**{name: OuterRef(part) for name, part in parts.items()})

        def as_of(one: FormerAddress) -> Any:
            return type(row)(**{name: getattr(one, part) for name, part in parts.items()})

        former = self.of(row).exclude(Exists(taken))
        return [as_of(one).get_absolute_url() for one in former]

    def leading_to(self, rows: models.QuerySet) -> Self:
        """Those whose page is among `rows`."""
        kind = rows.model._meta.model_name  # noqa: SLF001  # public
        return self.filter(kind=kind, target__in=rows.values("pk"))


class FormerAddress(models.Model):
    """It leads to a row, not to an address, so that there are no chains and no loops.

    Asked only where nothing else answers; so whatever has the address now comes first.
    """

    class Kind(models.TextChoices):
        """By the names of the models."""

        ARTICLE = "article", "Piece"
        SECTION = "section", "Section"
        SERIES = "series", "Series"
        TAG = "tag", "Topic"
        CONTRIBUTOR = "contributor", "Contributor"
        PAGE = "page", "Page"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    day = models.DateField(null=True, help_text="In addresses of pieces.")
    slug = models.SlugField(max_length=100)
    target = models.PositiveBigIntegerField(help_text="Id of the page; it may be gone.")

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "day", "slug"],
                nulls_distinct=False,
                name="articles_formeraddress_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "target"], name="articles_formeraddress_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.slug}"

    def page(self) -> models.Model | None:
        """What it leads to; 1 query."""
        rows: models.QuerySet = models.QuerySet(apps.get_model("articles", self.kind))
        return rows.filter(pk=self.target).first()
