"""What test pieces stand on: sections, tags, authors, pictures, texts."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Manager

from articles.models import Contributor, Format, Photo, Section, Series, Tag, TopicBox
from newsroom.demo import DemoMagazine
from newsroom.filler import pictures
from newsroom.filler.texts import Text, texts
from newsroom.models import Publication


@dataclass(frozen=True)
class Ground:
    """Rows by id, oldest first."""

    sections: list[int]
    formats: list[int]
    series: list[int]
    tags: list[int]
    contributors: list[int]
    pictures: list[Photo]
    texts: list[Text]
    zone: ZoneInfo


def ground(n: int) -> Ground:
    """For `n` pieces: what is there, what an empty magazine lacks, and more tags and authors.

    Safe to repeat.
    """
    if not Section.objects.exists():
        demo = DemoMagazine(lambda part: None)
        demo.load_publication()
        demo.load_taxonomy()
        demo.load_pages()
    name_tags(max(30, n // 20))
    name_contributors(max(12, n // 200))
    if not TopicBox.objects.exists():
        TopicBox.objects.create(title="Test topic", tag=Tag.objects.earliest("pk"))
    return Ground(
        sections=ids(Section.objects),
        formats=ids(Format.objects),
        series=ids(Series.objects),
        tags=ids(Tag.objects),
        contributors=ids(Contributor.objects),
        pictures=pictures.shared(),
        texts=texts(),
        zone=Publication.current_zone(),
    )


def ids(rows: Manager) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def name_tags(n: int) -> None:
    numbered = [Tag(name=f"test topic {k}", slug=f"test-topic-{k}") for k in range(1, n + 1)]
    Tag.objects.bulk_create(numbered, ignore_conflicts=True)


def name_contributors(n: int) -> None:
    numbered = [
        Contributor(name=f"Test Author {k}", slug=f"test-author-{k}", bio="<p>Writes tests.</p>")
        for k in range(1, n + 1)
    ]
    Contributor.objects.bulk_create(numbered, ignore_conflicts=True)
