"""Rows for tests: every maker fills in what a test does not care about."""

import io
from datetime import datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image

from articles import photos, services
from articles.models import Article, Byline, Contributor, Format, Photo, Section, Series, Tag
from newsroom.models import Publication, User

numbers = count(1)
BODY = "<p>First paragraph.</p><h2>Sub-head</h2><p>Second paragraph.</p><p>Third paragraph.</p>"


def make_user(role: str = "editor", **fields: Any) -> User:
    """A member of staff; `role` as in the groups."""
    name = fields.pop("username", f"{slugify(role)}-{next(numbers)}")
    user = User.objects.create_user(name, password="secret", is_staff=True, **fields)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def make_section(name: str = "", **fields: Any) -> Section:
    name = name or f"Section {next(numbers)}"
    return Section.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_format(name: str = "Analysis", **fields: Any) -> Format:
    return Format.objects.get_or_create(slug=slugify(name), defaults={"name": name, **fields})[0]


def make_series(name: str = "Diplomacy Watch") -> Series:
    return Series.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_tag(name: str = "") -> Tag:
    tag: Tag = Tag.objects.get_or_create(name=name or f"tag {next(numbers)}")[0]
    return tag


def make_contributor(name: str = "", **fields: Any) -> Contributor:
    name = name or f"Contributor {next(numbers)}"
    return Contributor.objects.create(name=name, slug=slugify(name), **fields)


def make_photo(**fields: Any) -> Photo:
    """A row of the library without files, as after the renditions have been cut."""
    sizes = {"full": [[480, 320], [800, 533]], "16:9": [[480, 270], [800, 450]]}
    defaults = {
        "original": f"{next(numbers)}.jpg",
        "width": 800,
        "height": 533,
        "renditions": {**sizes, "4:3": [[240, 180]], "1:1": [[160, 160]]},
        "alt": "A harbour at dusk",
        "photographer": "Ann Example",
        "agency": "Agency",
    }
    return Photo.objects.create(**{**defaults, **fields})


def make_article(headline: str = "", **fields: Any) -> Article:
    """A draft with a text and a section."""
    tags, contributors = fields.pop("tags", []), fields.pop("contributors", [])
    slug = services.free_slug(headline) if headline else f"headline-{next(numbers)}"
    headline = headline or slug.replace("-", " ").capitalize()
    defaults = {"headline": headline, "deck": "What it says.", "body": BODY}
    fields = {**defaults, "slug": slug, **fields}
    if "section" not in fields:
        fields["section"] = make_section("Europe")
    article = Article.objects.create(**fields)
    if tags:
        article.tags.set(tags)
    for position, contributor in enumerate(contributors):
        Byline.objects.create(article=article, contributor=contributor, position=position)
    return article


def make_ready(headline: str = "", **fields: Any) -> Article:
    """A draft that nothing holds back from readers."""
    tag = make_tag("diplomacy")
    lasting = {"photo": make_photo(), "kicker": tag, "tags": [tag]}
    return make_article(headline, **{**lasting, "contributors": [make_contributor()], **fields})


def make_published(headline: str = "", *, at: datetime | None = None, **fields: Any) -> Article:
    """A piece that is out, as an import leaves it: no checks, no log."""
    at = at or timezone.now()
    day = at.astimezone(Publication.current_zone()).date()
    public = {"status": Article.Status.PUBLISHED, "published_at": at, "published_on": day}
    return make_article(headline, **{**public, "version": 2, **fields})


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **options: Any) -> bytes:
    """A real picture: four coloured quarters, so that crops and turns can be told apart."""
    image = Image.new("RGB", size, "red")
    width, height = size[0] // 2, size[1] // 2
    for box, colour in [((width, 0), "green"), ((0, height), "blue"), ((width, height), "white")]:
        image.paste(colour, (*box, *size))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def make_upload(content: bytes | None = None, name: str = "harbour.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes() if content is None else content)


def make_stored_photo(content: bytes | None = None, name: str = "harbour.jpg") -> Photo:
    """A photo that came in through the front door, original and safe copy on disk."""
    photo = Photo(alt="Four quarters", agency="Agency")
    photos.store(photo, make_upload(content, name))
    return photo
