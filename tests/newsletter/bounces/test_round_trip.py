"""From a letter that was really sent to what its report changes, and to what a forged one does."""

import random
import re
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from newsletter.bounces.taking import take
from newsletter.models import Bounce, Delivery, Subscriber, Suppression
from newsletter.sending.writing import Writer
from newsletter.tokens import bounce_token
from tests.newsletter.bounces.shapes import REPORTS, Facts, Shape
from tests.newsletter.bounces.test_complaints import complaint
from tests.newsletter.bounces.test_loose import SHAPES, message
from tests.newsletter.bounces.test_tokens import altered
from tests.newsletter.sending import make_scheduled, send
from tests.smtp import Sink
from tests.smtp import smtp as smtp

pytestmark = pytest.mark.django_db
State = Delivery.Status


@pytest.fixture
def letter(smtp: Sink, settings: Settings) -> bytes:
    settings.BOUNCE_ADDRESS = "bounces@parley.example"
    send(make_scheduled())
    return smtp.raw[0]


def stored() -> list[list[dict[str, Any]]]:
    models: Any = (Subscriber, Suppression, Bounce, Delivery)
    return [list(model.objects.values()) for model in models]


def report_of(letter: bytes, to: str) -> bytes:
    """What a mail server makes of `letter`, whole in it."""
    raw = REPORTS["postfix"].write(Facts(to=to, name="<x>"))
    mark = b"Content-Type: message/rfc822\n\n"
    head, _, rest = raw.partition(mark)
    end = rest[rest.rindex(b"\n--") :]
    return head + mark + letter.replace(b"\r\n", b"\n") + end


def test_letter_that_comes_back_is_known_by_its_envelope(letter: bytes) -> None:
    row = Delivery.objects.get()
    envelope = Writer.of(row.issue).letter(subscriber_id=row.subscriber_id, address="a@b.example")
    assert re.fullmatch(r"bounces\+[a-z0-9-]{20,}@parley\.example", envelope.envelope_from)

    assert take(report_of(b"Subject: kept back\n\n", envelope.envelope_from), at=timezone.now())

    assert Delivery.objects.get().status == State.BOUNCED
    assert Subscriber.objects.get().status == Subscriber.Status.BOUNCED


def test_letter_that_comes_back_is_known_by_its_name(letter: bytes) -> None:
    assert take(report_of(letter, "newsletter@parley.example"), at=timezone.now())

    assert Delivery.objects.get().status == State.BOUNCED


def test_letter_that_was_blocked_is_only_in_the_ledger(letter: bytes) -> None:
    raw = report_of(letter, "newsletter@parley.example").replace(b"5.1.1", b"5.7.1")

    assert take(raw, at=timezone.now())

    assert Delivery.objects.get().status == State.BOUNCED
    assert Subscriber.objects.get().status == Subscriber.Status.ACTIVE
    assert not Bounce.objects.exists()


def test_letter_complained_of_is_known_by_its_link_to_leave(letter: bytes) -> None:
    head = letter.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode()
    link = re.search(r"(?m)^List-Unsubscribe: <.*>$", head)
    assert link
    bare = complaint(facts=Facts(to="[redacted]", name="<x>", leave=""))
    raw = re.sub(rb"(?m)^List-Unsubscribe: .*$", lambda _: link[0].encode(), bare)

    assert take(raw, at=timezone.now())

    assert Subscriber.objects.get().status == Subscriber.Status.COMPLAINED
    assert Delivery.objects.get().status == State.ACCEPTED


def forged_by(token: str, shape: Shape) -> bytes:
    to, name = f"bounces+{token}@parley.example", f"<roundup.{token}@parley.example>"
    return shape.write(Facts(to=to, name=name, leave=f"{token}~{'A' * 43}"))


def test_a_thousand_forged_reports_change_nothing(letter: bytes) -> None:
    chance = random.Random(1)  # noqa: S311  the same each time
    delivery, before = Delivery.objects.get(), stored()
    token = bounce_token(delivery.issue_id, delivery.subscriber_id)
    shapes = [*REPORTS.values()]

    taken = [
        take(forged_by(altered(token, chance), chance.choice(shapes)), at=timezone.now())
        for _ in range(1_000)
    ]

    assert not any(taken)
    assert stored() == before


def test_address_of_a_reader_alone_changes_nothing(letter: bytes) -> None:
    address = Subscriber.objects.get().address
    before = stored()
    forged = [shape.write(Facts(to=address, name=f"<{address}>")) for shape in REPORTS.values()]
    forged += [
        message(shape, "550 5.1.1 unknown", to=address, letter="") for shape in SHAPES.values()
    ]
    forged.append(complaint(facts=Facts(to=address, name="<x>", leave=address)))

    assert not any(
        take(raw.replace(b"ann@reader.example", address.encode()), at=timezone.now())
        for raw in forged
    )
    assert stored() == before
