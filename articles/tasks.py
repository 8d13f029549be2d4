"""Work that the worker does."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from articles import renditions
from articles.models import Autosave, Photo, Presence
from articles.models.photo import new_token, originals
from articles.signals import renditions_unused, tokens_given_away
from newsroom.lib import kept
from newsroom.lib.pictures import Refused
from newsroom.models import Publication


@app.task(name="articles.cut_renditions", retry=3)
def cut_renditions(photo_id: int, token: str) -> None:
    """Safe to repeat; does nothing where the photo has been changed since."""
    photo = Photo.objects.filter(pk=photo_id, token=token).first()
    if photo is None:
        return
    sizes = renditions.cut(photo)
    Photo.objects.filter(pk=photo_id, token=token).update(renditions=sizes)


@app.task(name="articles.remove_renditions")
def remove_renditions(token: str, *, even_from_letters: bool = False) -> None:
    """Does nothing where the pictures are still shown."""
    if Photo.objects.filter(token=token).exists():
        return
    kept = renditions_unused.send(Photo, token=token)
    if even_from_letters or not any(is_shown for _, is_shown in kept):
        renditions.remove(token)


@app.task(name="articles.remove_original")
def remove_original(name: str) -> None:
    """Does nothing while a photo has this file."""
    if not Photo.objects.filter(original=name).exists():
        originals().delete(name)


@app.periodic(cron="41 3 * * *")
@app.task(name="articles.forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """What was chosen for a form that nobody has finished within a week."""
    kept.forget(timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(name="articles.withdraw_expired", queueing_lock="articles.withdraw_expired")
def withdraw_expired(timestamp: int) -> None:
    """Pages hide expired photos by themselves; this takes the files from their known addresses."""
    with timezone.override(Publication.current_zone()):
        expired = list(Photo.objects.expired().filter(withdrawn_at=None))
    for photo in expired:
        withdraw(photo)


@transaction.atomic
def withdraw(photo: Photo) -> None:
    """Keep one copy of `photo` for the desk, at an address that nobody else is told.

    Does nothing to one that somebody has changed meanwhile.
    """
    unchanged = Photo.objects.filter(pk=photo.pk, token=photo.token, expires_on=photo.expires_on)
    answers: list[tuple[Any, Any]] = tokens_given_away.send(Photo, photo=photo)
    old = {photo.token, *(token for _, tokens in answers for token in tokens)}
    photo.token = new_token()
    if unchanged.update(token=photo.token, renditions={}, withdrawn_at=timezone.now()):
        with suppress(OSError, Refused), photo.original.open() as file:
            renditions.write_safe_copy(photo, file)
        for token in old:
            remove_renditions.defer(token=token, even_from_letters=True)


@app.periodic(cron="41 3 * * *")
@app.task(name="articles.forget")
def forget(timestamp: int) -> None:
    """What has been of no use for long."""
    now = timezone.now()
    Autosave.objects.outlived(now).delete()
    Presence.objects.outlived(now).delete()
