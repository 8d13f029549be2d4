"""What an appeal can reach, in a few words."""

from collections.abc import Iterator, Mapping

from donations.facts import Kind
from donations.models import Appeal, Device
from donations.surroundings import here

PARTS = {"sections": "section", "formats": "format", "series": "series", "tags": "tag"}
Names = Mapping[str, Mapping[str, str]]


def names() -> Names:
    """Names by slug, by part; 4 queries."""
    return {part: {one.slug: one.name for one in here().names(part)} for part in PARTS.values()}


def reach(appeal: Appeal, known: Names) -> str:
    """`Everywhere`; `Only Europe; never obituaries; phones`."""
    only, never = aimed(appeal, "only", known), aimed(appeal, "not", known)
    parts = [f"only {'; '.join(only)}" if only else "everywhere"]
    if never:
        parts.append(f"never {', '.join(never)}")
    if appeal.device:
        parts.append(Device(appeal.device).label.lower())
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def aimed(appeal: Appeal, which: str, known: Names) -> list[str]:
    return [" or ".join(words) for words in aims(appeal, which, known) if words]


def aims(appeal: Appeal, which: str, known: Names) -> Iterator[list[str]]:
    yield [Kind(kind).label.lower() for kind in getattr(appeal, f"{which}_kinds")]
    for field, part in PARTS.items():
        yield [known[part].get(slug, slug) for slug in getattr(appeal, f"{which}_{field}")]
