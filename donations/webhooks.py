"""Totals that a donation page tells by itself.

Source of the signature's form: Stripe's webhooks, which most payment pages can imitate.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations.models import Goal
from donations.services import goals
from newsroom.lib.furniture import without_publication

LONGEST = 4096  # bytes; a total has a hundred
TOLERANCE = timedelta(minutes=5)  # between the sender's clock and ours; older ones are replays
MOST = 10**14  # of the smallest unit: more than anybody will ever give
EARLIEST = 2000
HEADER = "Newsroom-Signature"

logger = logging.getLogger(__name__)


class Refused(Exception):
    """This is no total; str() says why."""


@dataclass(frozen=True)
class Told:
    """raised: smallest units; as_of: aware."""

    event: str
    raised: int
    as_of: datetime


def is_on() -> bool:
    return bool(settings.DONATIONS_WEBHOOK_SECRET)


def address(goal: Goal) -> str:
    return f"{settings.SITE_URL}{reverse('donations:total', args=[goal.slug])}"


@csrf_exempt
@without_publication
@require_POST
def total(request: HttpRequest, slug: str) -> HttpResponse:
    """Note a signed total; the same event again changes nothing."""
    if not is_on():
        raise Http404
    now, body = timezone.now(), request.read(LONGEST + 1)
    if len(body) > LONGEST:
        return said(413, "too long")
    if not is_signed(request.headers.get(HEADER, ""), body, now):
        logger.warning("a total for %s came without a good signature", slug)
        return said(403, "bad signature")
    try:
        return note(slug, told(body, now), now)
    except Refused as error:
        return said(400, str(error))


def note(slug: str, found: Told, now: datetime) -> HttpResponse:
    goal = Goal.objects.filter(slug=slug).first()
    if goal is None:
        return said(404, "no such goal")
    fields: dict[str, Any] = {"raised": found.raised, "as_of": found.as_of, "event": found.event}
    try:
        is_new = goals.add_total(goal, at=now, **fields)
    except goals.Taken:
        return said(409, "this event told something else before")
    return said(200, "noted" if is_new else "known")


def is_signed(header: str, body: bytes, now: datetime) -> bool:
    """Whether `header`, `t=<unix time>,v1=<hex>`, is ours for `body` and fresh."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12 and given.isascii()):
        return False
    secret = settings.DONATIONS_WEBHOOK_SECRET.encode()
    right = hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    is_fresh = abs(now.timestamp() - int(stamp)) <= TOLERANCE.total_seconds()
    return hmac.compare_digest(right, given) and is_fresh


def told(body: bytes, now: datetime) -> Told:
    """Raises Refused."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("no JSON") from error
    if not isinstance(found, Mapping):
        raise Refused("no object")
    event, raised = found.get("event"), found.get("raised")
    if not isinstance(event, str) or not 1 <= len(event) <= 100 or not event.isprintable():
        raise Refused("event: 1 to 100 printable characters")
    if type(raised) is not int or not 0 <= raised <= MOST:
        raise Refused("raised: a whole number of the smallest unit")
    return Told(event, raised, moment(found.get("as_of"), now))


def moment(text: object, now: datetime) -> datetime:
    try:
        at = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        raise Refused("as_of: a moment with its zone, such as 2026-12-01T12:00:00Z")
    if at > now or at.year < EARLIEST:
        raise Refused("as_of: in the future, or before anybody asked")
    return at


def said(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
