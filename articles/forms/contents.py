"""What the writing screen's form says, as the plain data that revisions hold; and back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from articles.snapshots import LABELS, REFERENCES, Content, essence, named, photo_content

FIELDS = {"tags": "tag_list", "kicker": "kicker_name", "related": "related_links"}
TIMES = {"publish_at": "Time of publication", "published_until": "Until"}
Row = dict[str, Any]


def field_of(name: str) -> str:
    """The form's field for a part of a content."""
    return FIELDS.get(name, name)


def typed(cleaned: Mapping[str, Any], base: Content, theirs: Content) -> Content:
    """What was typed upon `base`; what the form does not show counts as unchanged.

    An empty address asks for one of the software's making, so that is no edit. A tag has one
    spelling, whatever was typed.
    """
    spelled = {name.casefold(): name for old in (base, theirs) for name in old.get("tags", [])}
    mine = {name: base.get(name) for name in LABELS}
    for name in LABELS:
        if (field := field_of(name)) in cleaned:
            mine[name] = said(name, cleaned[field], spelled)
    mine["slug"] = mine["slug"] or base.get("slug", "")
    return mine


def said(name: str, value: Any, spelled: Mapping[str, str]) -> Any:
    if name in REFERENCES:
        return named(value)
    if name == "photo":
        return photo_content(value)
    if name == "tags":
        return sorted((spelled.get(tag.casefold(), tag) for tag in value), key=str.casefold)
    if name == "kicker":
        return spelled.get(value.casefold(), value)
    if name in {"bylines", "related"}:
        return [as_item(row) for row in value]
    return value


def as_item(row: Row) -> dict[str, Any]:
    """A row of the byline or of the related pieces."""
    if "contributor" in row:
        return {"id": row["contributor"].pk, "name": str(row["contributor"]), "role": row["role"]}
    return {"id": row["article"].pk, "name": str(row["article"])}


def as_rows(name: str, items: list[Any], *sources: list[Row]) -> list[Row]:
    """The rows of the form that `items` of a content stand for, among those of `sources`."""
    rows = {essence(name, [as_item(row)])[0]: row for source in sources for row in source}
    return [rows[key] for key in essence(name, items)]


def moment(value: datetime | None) -> str:
    """A time as plain data, to the minute; "" for none."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if value else ""
