"""The letters that answer what a person does: confirm, welcome, and "you get it already"."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse

from newsletter import content, mail, rendering, tokens
from newsletter.models import Newsletter, Subscriber


class Kind(models.TextChoices):
    CONFIRM = "confirm"
    KNOWN = "known"
    WELCOME = "welcome"

    @property
    def goes_to(self) -> str:
        """The status of those who get it."""
        is_question = self == Kind.CONFIRM
        return Subscriber.Status.PENDING if is_question else Subscriber.Status.ACTIVE


def write(kind: Kind, subscriber: Subscriber, number: int) -> EmailMultiAlternatives:
    """The letter of that kind to `subscriber`.

    number: tells it from others of its kind to the same person; the same for each attempt.
    """
    context = {**content.frame(), **_links(kind, subscriber), "address": subscriber.shown}
    if kind == Kind.WELCOME:
        context["welcome"] = Newsletter.current().welcome
    subject = _render(f"{kind}.subject.txt", context)
    return mail.letter(
        to=subscriber.address,
        subject=subject,
        text=_render(f"{kind}.txt", context),
        html=rendering.inlined(_render(f"{kind}.html", {**context, "subject": subject})),
        message_id=f"{kind}.{subscriber.pk}.{number}",
        leave_token=None if kind == Kind.CONFIRM else tokens.LEAVE.sign(str(subscriber.pk)),
        is_automatic=True,
    )


def _links(kind: Kind, subscriber: Subscriber) -> dict[str, str]:
    if subscriber.asked_at and kind == Kind.CONFIRM:
        return {
            "confirm": _url("confirm", tokens.confirm_token(subscriber.pk, subscriber.asked_at))
        }
    value = str(subscriber.pk)
    return {
        "leave": _url("leave", tokens.LEAVE.sign(value)),
        "preferences": _url("preferences", tokens.PREFERENCES.sign(value)),
    }


def _url(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(f'newsletter:{name}', args=[token])}"


def _render(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"newsletter/mail/{name}", context).strip()
