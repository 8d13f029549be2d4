"""How many pieces each row of a list has, counted for the rows that are shown and no others."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest


def number(rows: QuerySet, field: str) -> Coalesce:
    """How many of `rows` have the row at hand as their `field`.

    A subquery, as PostgreSQL counts it after it has cut out the page.
    """
    own = rows.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(own.annotate(n=Count("*")).values("n")), 0)


class CountingAdmin(admin.ModelAdmin):
    counted: tuple[QuerySet, str]  # the rows that stand for pieces, and their field for this model

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        n_pieces = number(*self.counted)
        found: QuerySet = super().get_queryset(request).annotate(n_pieces=n_pieces)
        return found

    @admin.display(description="pieces", ordering="n_pieces")
    def pieces(self, row: Any) -> int:
        return int(row.n_pieces)
