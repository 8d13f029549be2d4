"""Where a row is used: listed, and a reason not to delete it."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from articles import uses

N_USES = 50  # that are listed; a picture that stands for many pieces has more


class UsedAdmin(admin.ModelAdmin):
    """What is used anywhere is not deleted; the page that would delete it lists where."""

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        links = [as_link(use) for row in objs for use in uses.of(row)[:N_USES]]
        if links:  # Django would read all of an archive that depends on a section
            used = [format_html('<a href="{url}">{text}</a>', **link) for link in links]
            return [], {}, set(), used
        return super().get_deleted_objects(objs, request)


def as_link(use: Model) -> dict[str, str]:
    """The form of a piece, page, contributor or round-up, with its kind and name."""
    meta = use._meta  # noqa: SLF001  Django documents it
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[use.pk])
    return {"url": url, "text": f"{capfirst(meta.verbose_name)}: {use}"}
