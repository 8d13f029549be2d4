"""The box in which a reader types an address; it is drawn in templates/components/."""

from datetime import datetime, timedelta

from django import forms

from newsletter.models import Source
from newsletter.tokens import TICKET, microseconds, moment
from newsroom.lib import addresses

BOXES = {Source.ARTICLE, Source.FRONT, Source.FOOTER, Source.PAGE}
A_HUMAN_TYPES = timedelta(seconds=2)  # an address, at the very least


class SignUpForm(forms.Form):
    """The address is checked; the hidden fields, which nobody can correct, are only looked at."""

    address = forms.CharField(
        max_length=1000, error_messages={"required": "Type your mail address."}
    )

    def clean_address(self) -> str:
        try:
            return addresses.compared(self.cleaned_data["address"])
        except addresses.Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def why_not(self) -> str:
        return " ".join(map(str, self.errors.get("address", [])))

    @property
    def source(self) -> str:
        """Which box it was."""
        posted = self.data.get("form", "")
        return posted if posted in BOXES else Source.PAGE

    @property
    def is_baited(self) -> bool:
        """Whether a field is filled in that people do not see."""
        return bool(self.data.get("website"))

    def has_waited(self, at: datetime) -> bool:
        """Whether its ticket is neither too new for a human nor forged or stale."""
        made = TICKET.read(self.data.get("ticket", ""))
        return made is not None and at - moment(made) >= A_HUMAN_TYPES

    def ticket_now(self, at: datetime) -> str:
        """The ticket that came with it if that is good, so that waiting counts; else a new one."""
        posted: str = self.data.get("ticket", "")
        return posted if TICKET.read(posted) else new_ticket(at)


def new_ticket(at: datetime) -> str:
    return TICKET.sign(str(microseconds(at)))
