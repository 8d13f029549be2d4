"""Letters to subscribers and staff: the parts, and the headers that mail providers ask for."""

from dataclasses import dataclass
from email.header import Header
from email.message import Message
from email.utils import formataddr, make_msgid, quote
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from newsletter.models import Newsletter
from newsroom.lib import dkim, mail
from newsroom.lib.mail import send as send
from newsroom.models import Publication

# What begins so is decoded by mail programs, perhaps to a line break: if somebody types it, it is
# encoded once more, so that they show what was typed.
DISGUISED = "=?"


@dataclass(frozen=True)
class Stationery:
    """What all letters of one run have in common."""

    sender: str
    list_id: str

    @classmethod
    def current(cls) -> Self:
        """2 queries."""
        publication = Publication.objects.only("name").first() or Publication()
        return cls.of(publication.name, Newsletter.current().name)

    @classmethod
    def of(cls, publication: str, newsletter: str) -> Self:
        name = mail.header_text(publication)
        who = encoded(name) if DISGUISED in name else name
        return cls(
            sender=formataddr((who, mail.sender())),
            list_id=named(mail.header_text(newsletter), f"<roundup.{mail.domain()}>"),  # RFC 2919
        )


def named(name: str, rest: str) -> str:
    """`name` as headers write names, then `rest`; Django does this for addresses only."""
    if name.isascii() and DISGUISED not in name:
        return f'"{quote(name)}" {rest}' if name else rest
    return f"{encoded(name)} {rest}"


def encoded(words: str) -> str:
    return Header(words, "utf-8", maxlinelen=75).encode(linesep="")  # RFC 2047, 2


class Letter(EmailMultiAlternatives):
    """Keeps each header on one line: not all who read List-Unsubscribe unfold it."""

    def message(self, **options: Any) -> Any:
        """Signed, if the settings say so; what is changed afterwards breaks that."""
        message = self.unsigned(**options)
        if signer := dkim.signer():
            signature = signer.signature(message.as_bytes(linesep="\r\n"))
            Message.__setitem__(message, "DKIM-Signature", signature)  # Django's own wants one line
        return message

    def unsigned(self, **options: Any) -> Any:
        self.encoding = mail.WRAPPED
        message: Any = super().message(**options)
        if DISGUISED in str(self.subject):
            message.replace_header("Subject", encoded(str(self.subject)))
        message.policy = message.policy.clone(max_line_length=None)
        return message


def letter(  # noqa: PLR0913  # a letter has these parts
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    message_id: str,
    leave_token: str | None = None,
    is_automatic: bool = False,
    stationery: Stationery | None = None,
) -> Letter:
    """A letter to one person, not yet sent.

    to: in compared form. message_id: the part before the @, the same for each attempt.
    leave_token: makes it a letter of the list, with one-click leaving (RFC 8058).
    is_automatic: an answer to what the person did, not written for anybody (RFC 3834).
    stationery: for many letters in a row, so that it is asked for once.
    """
    stationery = stationery or Stationery.current()
    headers = {
        "Message-ID": f"<{message_id}@{mail.domain()}>",
        "List-Id": stationery.list_id,
    }
    if leave_token:
        headers["List-Unsubscribe"] = f"<{url('leave', leave_token)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
    made = Letter(
        subject=mail.header_text(subject),
        body=text,
        from_email=stationery.sender,
        to=[to],
        headers=headers,
    )
    made.attach_alternative(html, "text/html")
    return made


def url(name: str, *args: object) -> str:
    """The full address of one of the newsletter's pages."""
    return f"{settings.SITE_URL}{reverse(f'newsletter:{name}', args=args)}"


def notice(*, to: str, subject: str, text: str) -> Letter:
    """A few lines of our own to one of the staff."""
    return Letter(
        subject=mail.header_text(subject),
        body=text,
        from_email=Stationery.current().sender,
        to=[to],
        headers={
            "Message-ID": make_msgid(domain=mail.domain()),
            "Auto-Submitted": "auto-generated",
        },
    )
