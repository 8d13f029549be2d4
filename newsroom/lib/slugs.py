from anyascii import anyascii
from django.utils.text import slugify


def slug_from(text: str) -> str:
    """`text` in plain letters for an address: `Łódź, again` gives `lodz-again`; may be ""."""
    return slugify(anyascii(text))
