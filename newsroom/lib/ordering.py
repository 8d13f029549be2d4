"""Rows that hang on something, in an order that somebody chose."""

from collections.abc import Iterable

from django.db import models, transaction


@transaction.atomic
def rearrange(rows: models.QuerySet, wanted: Iterable[models.Model], *, alike: list[str]) -> None:
    """Make `rows` what is `wanted`, in that order; 1 query where they are so already.

    A row that stays is not written, so that the audit notes only what somebody changed.
    alike: the fields by which a wanted row is known for one that is there.
    """
    left = list(rows)
    new, moved = [], []
    for position, row in enumerate(wanted):
        there = next((old for old in left if is_alike(old, row, alike)), None)
        if there is None:
            new.append(row)
        else:
            left.remove(there)
            moved += [there] if there.position != position else []
        (there or row).position = position  # type: ignore[union-attr]
    if left:
        rows.filter(pk__in=[row.pk for row in left]).delete()
    if moved:
        rows.bulk_update(moved, ["position"])
    if new:
        rows.bulk_create(new)


def is_alike(one: models.Model, other: models.Model, fields: list[str]) -> bool:
    return all(getattr(one, field) == getattr(other, field) for field in fields)
