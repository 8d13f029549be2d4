"""Where an appeal leads."""

import re
from collections.abc import Collection
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings

from donations.models import Appeal, DonationHost, Variant
from donations.money import plain, written

HREF = re.compile(r'<a href="([^"]*)"')  # the cleaner writes links in exactly this shape
EVERY = {
    Variant.Interval.ONCE: "",
    Variant.Interval.MONTH: " a month",
    Variant.Interval.YEAR: " a year",
}


def host(url: str) -> str:
    """The host of an https address without a port or a name to log in with; "" of any other."""
    try:
        parts = urlsplit(url)
        is_plain = parts.port is None and "@" not in parts.netloc and "\\" not in url
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme == "https" and is_plain else ""


def foreign(wording: str, hosts: Collection[str]) -> list[str]:
    """Addresses in a clean wording that are neither pages of ours nor on one of `hosts`."""
    ours = ("/", f"{settings.SITE_URL}/")
    found = [unescape(url) for url in HREF.findall(wording)]
    return [url for url in found if not url.startswith(ours) and host(url) not in hosts]


def tagged(appeal: Appeal, variant: Variant, **more: str) -> str:
    """The donation page, told where a giver came from."""
    marks = {
        "utm_source": "newsletter" if appeal.slot == "letter" else "site",
        "utm_medium": f"appeal-{appeal.slot}",
        "utm_campaign": appeal.campaign,
        "utm_content": f"variant-{variant.pk}",
        **more,
    }
    parts = urlsplit(appeal.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | marks
    return parts._replace(query=urlencode(query)).geturl()


def for_amount(appeal: Appeal, variant: Variant, amount: int, on: DonationHost | None) -> str:
    """The same, for a sum in the currency's smallest unit, if the page of `on` takes one."""
    more = {}
    if on and on.amount_parameter:
        more[on.amount_parameter] = plain(amount, appeal.currency)
    if on and on.interval_parameter:
        more[on.interval_parameter] = variant.interval
    return tagged(appeal, variant, **more)


def label(amount: int, currency: str, interval: str) -> str:
    """`$5 a month`."""
    return written(amount, currency) + EVERY[Variant.Interval(interval)]
