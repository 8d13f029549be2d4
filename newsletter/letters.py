"""The letters that answer what a person does: confirm, welcome, and "you get it already"."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from newsletter import content, mail, plain, rendering, tokens
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
    about: dict[str, Any] = {
        **content.frame(),
        "address": subscriber.shown,
        **_said(kind, subscriber),
    }
    about["subject"] = _render(f"{kind}.subject.txt", about)
    leave = tokens.LEAVE.sign(str(subscriber.pk))
    return mail.letter(
        to=subscriber.address,
        subject=about["subject"],
        text=_to(subscriber, _render(f"{kind}.txt", about)),
        html=_to(subscriber, rendering.inlined(_render(f"{kind}.html", about))),
        message_id=f"{kind}.{subscriber.pk}.{number}",
        leave_token=None if kind == Kind.CONFIRM else leave,
        is_automatic=True,
    )


def _said(kind: Kind, subscriber: Subscriber) -> dict[str, str]:
    """What only letters of that kind say."""
    if kind == Kind.CONFIRM and subscriber.asked_at:
        token = tokens.confirm_token(subscriber.pk, subscriber.asked_at)
        return {"confirm": mail.url("confirm", token)}
    if kind == Kind.WELCOME:
        body = content.full_links(Newsletter.current().welcome)
        clean = mark_safe(body)  # noqa: S308  passed the cleaner when it was stored
        return {"welcome": clean, "welcome_text": plain.prose(body)}
    return {}


def _render(name: str, about: dict[str, Any]) -> str:
    return render_to_string(f"newsletter/mail/{name}", about).strip()


def _to(subscriber: Subscriber, body: str) -> str:
    value = str(subscriber.pk)
    return rendering.personal(
        body,
        leave=mail.url("leave", tokens.LEAVE.sign(value)),
        preferences=mail.url("preferences", tokens.PREFERENCES.sign(value)),
        archive=mail.url("signup"),
    )
