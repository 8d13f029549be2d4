"""What a picture's file says of itself, as the parts that we keep."""

from articles.credit_lines.parsing import Credit, parse
from newsroom.lib.metadata import Said


def parts(said: Said) -> dict[str, str]:
    """Texts by the names of a photo's fields; only those that there is something for.

    A wire's caption often ends with its own credit, which stands behind the fields for it.
    """
    caption = parse(said.caption)
    made = next(filter(is_made, (from_fields(said), caption, parse(said.copyright))), Credit())
    is_apart = is_made(caption)
    found = {
        "alt": said.alt,
        "caption": (caption.caption or caption.subjects if is_apart else said.caption)
        or said.headline,
        "photographer": made.photographer,
        "agency": made.agency,
        "licence": said.usage or said.copyright,
    }
    return {name: text for name, text in found.items() if text}


def from_fields(said: Said) -> Credit:
    """By the fields for it; `Ann Example/Agency` in the one for the agency is both."""
    agency = said.credit or said.source
    if not said.byline or said.byline.casefold() in agency.casefold():
        credit = parse(agency)
        if is_made(credit) and not credit.subjects and not credit.caption:
            return credit
    return Credit(photographer=said.byline, agency=agency)


def is_made(credit: Credit) -> bool:
    return bool(credit.photographer or credit.agency)
