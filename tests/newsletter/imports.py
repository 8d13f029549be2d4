"""Lists from elsewhere, as a newsletter editor brings them and the worker adds them."""

import io
from collections.abc import Callable
from typing import Any

from django.core.files.storage import storages

from newsletter.importing import running, staging
from newsletter.models import Import
from newsletter.services import importing
from tests.factories import make_user

PROOF = "Signed up on old.example.org from 2019 to 2024, each confirmed by mail."


def take(*rows: str) -> Import:
    file = io.BytesIO("\n".join(["Mail,Name", *rows]).encode())
    return importing.take(file, name="list.csv", statement=PROOF, by=make_user("newsletter editor"))


def check(*rows: str) -> Import:
    batch = take(*rows)
    running.work(batch.pk)
    batch.refresh_from_db()
    return batch


def add(*rows: str) -> Import:
    batch = check(*rows)
    importing.agree(batch, by=make_user("newsletter editor"))
    work_off(batch)
    return batch


def work_off(batch: Import) -> None:
    batch.refresh_from_db()
    while batch.is_at_work:
        running.work(batch.pk)
        batch.refresh_from_db()


def numbers(batch: Import) -> dict[str, int]:
    names = ["rows", "added", "known", "suppressed", "refused"]
    return {name: getattr(batch, f"n_{name}") for name in names}


def is_stored(name: str | None) -> bool:
    return bool(name) and storages["private"].exists(str(name))


def only_chunk(batch: Import) -> running.Prepared:
    with batch_again(batch).file.open("rb") as opened:
        return next(running.prepare(opened.file.file, start=0))


def batch_again(batch: Import) -> Import:
    return Import.objects.get(pk=batch.pk)


def dying(after: int) -> Callable[..., int]:
    """A worker that dies in the middle of its chunk number `after` + 1."""
    subscribe, n_done = staging.subscribe, 0

    def then_die(*arguments: Any) -> int:
        nonlocal n_done
        n_done += 1
        added = subscribe(*arguments)
        if n_done > after:
            raise MemoryError
        return added

    return then_die
