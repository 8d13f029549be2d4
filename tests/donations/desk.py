"""What a fundraiser's browser sends from the desk's screens of appeals."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from donations.forms.appeal import stored_values
from donations.forms.variant import stored_values as variant_values
from donations.models import Appeal
from donations.surroundings import here
from tests.factories_donations import URL, make_host, make_tax_wording

ADD = "/admin/donations/appeal/add/"


def address(name: str, appeal: Appeal) -> str:
    return reverse(f"admin:donations_appeal_{name}", args=[appeal.pk])


def typed(appeal: Appeal, **fields: Any) -> dict[str, Any]:
    """The writing screen's fields as they are stored, with changes; `v0_heading` is v0-heading."""
    sent: dict[str, Any] = {"version": appeal.version}
    for name, value in stored_values(appeal).items():
        sent |= {name: value} if not name.endswith("_at") else moment(name, value)
    for name in [n for n in sent if n.startswith(("only_", "not_")) and not n.endswith("_kinds")]:
        sent[name] = ", ".join(known(name, sent[name]))
    variants = list(appeal.variants.all())
    for i, variant in enumerate(variants):
        values = variant_values(variant, appeal.currency)
        sent |= {f"v{i}-{name}": value for name, value in values.items()}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return sent | {"n_variants": len(variants)} | changes(fields)


def new(**fields: Any) -> dict[str, Any]:
    """A new appeal that lacks nothing."""
    make_host()
    now = timezone.localtime().replace(second=0, microsecond=0)
    sent = {
        "name": "Winter",
        "slot": "body",
        "url": URL,
        "currency": "USD",
        "priority": 0,
        "tax_wording": make_tax_wording().pk,
        **moment("starts_at", now),
        **moment("ends_at", now + timedelta(days=9)),
        "n_variants": 1,
        **variant(0),
    }
    return sent | changes(fields)


def variant(i: int, **fields: Any) -> dict[str, Any]:
    values = {
        "name": "ABCDEF"[i],
        "heading": "Readers keep us free",
        "text": "<p>Readers pay for this.</p>",
        "button": "Give to Parley",
        "amounts": "5, 25",
        "interval": "once",
        "weight": 1,
    }
    return {f"v{i}-{name}": value for name, value in {**values, **fields}.items()}


def changes(fields: dict[str, Any]) -> dict[str, Any]:
    return {(n.replace("_", "-", 1) if n[:1] == "v" and n[1:2].isdigit() else n): value
            for n, value in fields.items()}  # fmt: skip


def moment(name: str, value: Any) -> dict[str, str]:
    local = timezone.localtime(value)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M}"}


def known(name: str, slugs: list[str]) -> list[str]:
    part = {"sections": "section", "formats": "format", "tags": "tag", "series": "series"}
    names = {one.slug: one.name for one in here().names(part[name.partition("_")[2]])}
    return [names.get(slug, slug) for slug in slugs]
