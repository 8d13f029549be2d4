"""What a provider tells of our letters, by django-anymail's webhooks.

django-anymail has checked the provider's signature or secret. Whose letter it was is told by our
own signed name of it, as for any report.
"""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern
from django.utils import timezone

from newsletter.bounces.codes import CODE, Kind, meaning
from newsletter.bounces.reading import Report
from newsletter.bounces.taking import count
from newsletter.bounces.whose import NAME
from newsletter.models import Bounce
from newsletter.services import subscribing
from newsletter.tokens import delivery_in

# By django-anymail's own names for why a letter was refused, now or because of earlier ones.
REFUSED: dict[str, Bounce.Kind | None] = {
    "invalid": Kind.HARD,
    "bounced": Kind.HARD,
    "timed_out": Kind.SOFT,
    "spam": Kind.COMPLAINT,
    "blocked": None,
}


def urls(provider: str) -> list[URLPattern]:
    """Its page for what became of letters, and no other of django-anymail's."""
    from anymail.urls import urlpatterns  # noqa: PLC0415  an extra

    names = f"{provider}_tracking_webhook", f"{provider}_webhook"
    return [pattern for pattern in urlpatterns if pattern.name in names]


def note_event(event: Any, **kwargs: Any) -> None:
    """Take note of one event; safe to repeat, as providers do."""
    if not (ids := letter_of(event)):
        return
    if "unsubscribed" in (event.event_type, event.reject_reason):
        subscribing.leave(ids[1])
    elif event.event_type in KINDS:
        answer = str(event.mta_response or event.description or "")
        code = CODE.search(answer)
        report = Report(KINDS[event.event_type](event), *ids, code[1] if code else "", answer)
        count(report, source=Bounce.Source.PROVIDER, at=timezone.now())


def letter_of(event: Any) -> tuple[int, int] | None:
    """The ids of the round-up and of the subscriber."""
    told = event.metadata if isinstance(event.metadata, dict) else {}
    named = NAME.search(str(event.message_id or ""))
    return delivery_in(str(told.get("delivery", ""))) or (delivery_in(named[1]) if named else None)


def bounced(event: Any) -> Bounce.Kind | None:
    """By the words of the server it could not be delivered to, as providers mix hard and soft."""
    if event.reject_reason == "invalid":
        return Kind.HARD
    if event.reject_reason in {"blocked", "spam"}:
        return None
    answer = str(event.mta_response or "")
    code = CODE.search(answer)
    return meaning(code[1] if code else "", answer)


KINDS: dict[str, Callable[[Any], Bounce.Kind | None]] = {
    "bounced": bounced,
    "rejected": lambda event: REFUSED.get(event.reject_reason),
    "failed": lambda event: None,
    "complained": lambda event: Kind.COMPLAINT,
}
