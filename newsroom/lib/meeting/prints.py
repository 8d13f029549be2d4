"""Short prints of values, by which two of them are told apart."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import singledispatch
from hashlib import blake2b
from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile


def print_of(value: Any) -> str:
    return blake2b(repr(essence(value)).encode(), digest_size=6).hexdigest()


@singledispatch
def essence(value: Any) -> Any:
    """The same for a value as it is stored, as a form shows it, and as it comes back unchanged."""
    if not isinstance(value, Iterable):
        return "" if value is None else str(value)
    rows = list(value)
    parts = [essence(row) for row in rows]
    return sorted(parts) if all(isinstance(row, Model) for row in rows) else parts


@essence.register
def _(value: str) -> str:
    return "\n".join(value.strip().splitlines())


@essence.register
def _(value: Model) -> str:
    return str(value.pk)


@essence.register
def _(value: FieldFile) -> str:
    return value.name or ""


@essence.register
def _(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M}"


@essence.register
def _(value: dict) -> Any:
    return sorted((key, essence(part)) for key, part in value.items())
