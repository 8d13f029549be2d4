"""Sums as people type them: 25, 2.50, 10,000."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from donations.money import decimals

TYPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
MOST = 10**14  # of the smallest unit: more than anybody will ever give


def minor(text: str, currency: str) -> int:
    """`text`, in whole units of `currency`, in its smallest. Raises ValidationError."""
    found = TYPED.fullmatch(text.strip())
    if not found:
        raise ValidationError(f"“{text}” is no sum: type it in digits, such as 25 or 10,000.")
    whole, part = found[1].replace(",", ""), found[2] or ""
    if len(part) > (places := decimals(currency)):
        kind = f"at most {places} digits after the point" if places else "no part after the point"
        raise ValidationError(f"“{text}”: sums in {currency} have {kind}.")
    if len(whole) > 15 or (sum_ := int(Decimal(f"{whole}.{part or 0}").scaleb(places))) > MOST:
        raise ValidationError(f"“{text}” is more than anybody has.")
    return sum_
