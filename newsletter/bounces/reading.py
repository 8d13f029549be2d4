"""From the bytes of a message to what it says of a reader of ours."""

from dataclasses import dataclass

from newsletter.bounces import arf, dsn, loose, whose
from newsletter.bounces.codes import Kind
from newsletter.bounces.parts import split
from newsletter.models import Bounce


@dataclass(frozen=True)
class Report:
    """kind: None if the letter came back, but for nothing that is the reader's.

    issue_id: None if only the subscriber could be told.
    """

    kind: Bounce.Kind | None
    issue_id: int | None
    subscriber_id: int
    code: str = ""
    answer: str = ""


def read(raw: bytes, *, to: str = "") -> Report | None:
    """What a message says; None if it is no report, tells of no failure, or of no letter of ours.

    Raises nothing, whatever `raw` is. to: the address it came to, if the server tells.
    """
    message = split(raw)
    # The three know different shapes; the first that knows this one decides.
    form = next((form for form in (arf, dsn, loose) if form.is_report(message)), None)
    if form is None or not (found := form.finding(message)):
        return None
    if ids := whose.letter(message, to=to):
        return Report(found.kind, *ids, found.code, found.answer)
    if found.kind == Kind.COMPLAINT and (subscriber_id := whose.leaver(message)):
        return Report(found.kind, None, subscriber_id, found.code, found.answer)
    return None
