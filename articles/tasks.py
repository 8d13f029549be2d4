"""Work that the worker does."""

from procrastinate.contrib.django import app

from articles import renditions
from articles.models import Photo
from articles.signals import renditions_unused


@app.task(name="articles.cut_renditions", retry=3)
def cut_renditions(photo_id: int, token: str) -> None:
    """Safe to repeat; does nothing where the photo has been changed since."""
    photo = Photo.objects.filter(pk=photo_id, token=token).first()
    if photo is None:
        return
    sizes = renditions.cut(photo)
    Photo.objects.filter(pk=photo_id, token=token).update(renditions=sizes)


@app.task(name="articles.remove_renditions")
def remove_renditions(token: str) -> None:
    """Does nothing where the pictures are still shown."""
    if Photo.objects.filter(token=token).exists():
        return
    if not any(kept for _, kept in renditions_unused.send(Photo, token=token)):
        renditions.remove(token)
