"""What appeals stand on besides claims: what is said of taxes, and where they may lead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from donations import links
from donations.models import Appeal, DonationHost, TaxWording
from donations.services import changes
from donations.services.allowed import NotAllowed
from newsroom.models import User

PARAMETERS = ["amount_parameter", "interval_parameter"]


@transaction.atomic
def add_tax_wording(text: str, *, by: User, reason: str, at: datetime | None = None) -> TaxWording:
    """The next version; appeals keep the one they have."""
    last = TaxWording.objects.first()
    made = TaxWording.objects.create(text=text, reason=reason, created_by=by)
    made.refresh_from_db()  # as the cleaner left it
    before, after = {"newest": last and last.text}, {"newest": made.text}
    at = at or timezone.now()
    changes.record("Tax wording", by=by, at=at, before=before, after=after, reason=reason)
    return made


@transaction.atomic
def save_host(
    host: str, fields: Mapping[str, str], *, by: User, reason: str, at: datetime | None = None
) -> DonationHost:
    """Allow `host`, or change what its pages call an amount."""
    stored = DonationHost.objects.select_for_update().filter(host=host).first()
    before = shown(stored) if stored else {}
    made, _ = DonationHost.objects.update_or_create(host=host, defaults=fields)
    after, at = shown(made), at or timezone.now()
    changes.record(f"Host: {host}", by=by, at=at, before=before, after=after, reason=reason)
    return made


@transaction.atomic
def remove_host(host: DonationHost, *, by: User, at: datetime | None = None) -> None:
    """Raises NotAllowed while a live appeal leads there."""
    at = at or timezone.now()
    stored = DonationHost.objects.select_for_update().filter(pk=host.pk).first()
    if stored is None:
        return
    ahead = Appeal.objects.ahead(at).only("name", "url", "priority")
    if names := [appeal.name for appeal in ahead if links.host(appeal.url) == stored.host]:
        raise NotAllowed(f"{stored.host} cannot be removed: {', '.join(names)} leads there.")
    before = shown(stored)
    stored.delete()
    changes.record(f"Host: {host.host}", by=by, at=at, before=before, after={})


def shown(host: DonationHost) -> dict[str, Any]:
    fields = DonationHost._meta  # noqa: SLF001  # public, whatever it is called
    names = {
        name: str(getattr(fields.get_field(name), "verbose_name", name)) for name in PARAMETERS
    }
    return {"host": host.host} | {names[name]: getattr(host, name) for name in PARAMETERS}
