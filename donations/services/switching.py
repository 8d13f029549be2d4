"""Off and on: everywhere, or in one place."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from donations.services.changes import record
from donations.services.ruling import locked
from donations.switchboard import PLACES, SUBJECT
from newsroom.models import User


def switch_off(place: str, *, by: User, reason: str = "", at: datetime | None = None) -> bool:
    """Show nothing in `place`, a key of PLACES, from now on. False if it was off before."""
    return _switch(place, by=by, reason=reason, at=at or timezone.now(), to_off=True)


def switch_on(place: str, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Let appeals back into `place`. False if it was on before."""
    return _switch(place, by=by, reason=reason, at=at or timezone.now(), to_off=False)


@transaction.atomic
def _switch(place: str, *, by: User, reason: str, at: datetime, to_off: bool) -> bool:
    rules = locked()
    if (place in rules.off) == to_off:
        return False
    rules.off = [one for one in PLACES if (one in rules.off) != (one == place)]
    rules.save(update_fields=["off"])
    name, words = PLACES[place], ("on", "off") if to_off else ("off", "on")
    record(SUBJECT, by=by, at=at, before={name: words[0]}, after={name: words[1]}, reason=reason)
    return True
