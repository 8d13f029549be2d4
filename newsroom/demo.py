"""The demo magazine: what `seeds/` holds, in the database.

Loading it again changes nothing that is there: rows are found by slug, photos by file.
"""

import re
import tomllib
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files import File
from django.db import transaction
from markdown_it import MarkdownIt

from articles import photos, services
from articles.models import (
    Article,
    Byline,
    Contributor,
    Format,
    FrontPage,
    Page,
    Photo,
    RelatedLink,
    Section,
    Series,
    Spelling,
    Tag,
    TopicBox,
)
from newsroom.lib import pictures
from newsroom.models import Publication, SocialLink, User

ACCOUNTS = {  # user name: role
    "writer": "writer",
    "editor": "editor",
    "newsletter": "newsletter editor",
    "fundraiser": "fundraiser",
    "admin": "administrator",
}
PASSWORD = "demo"  # noqa: S105  never made but on a machine's own address
SEEDS = Path(settings.BASE_DIR) / "seeds"
FIGURE = re.compile(r'<p><img src="photo:([\w-]+)" alt="([^"]*)" ?/?></p>')
Row = dict[str, Any]


def read_toml(path: Path) -> Row:
    return tomllib.loads(path.read_text())


def read_page(path: Path) -> tuple[Row, str]:
    """Front matter between lines of +++, and the Markdown below it."""
    _, front, text = path.read_text().split("+++\n", 2)
    return tomllib.loads(front), text


def address(stem: str) -> str:
    """Where `2024-12-06-some-slug` will be read."""
    return f"/{stem[:4]}/{stem[5:7]}/{stem[8:10]}/{stem[11:]}/"


def create_accounts() -> None:
    """One login per role."""
    for name, role in ACCOUNTS.items():
        person = {"is_staff": True, "email": f"{name}@example.org"}
        user, is_new = User.objects.get_or_create(username=name, defaults=person)
        if is_new:
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
            user.groups.set([Group.objects.get(name=role)])


class DemoMagazine:
    """Loads the seeds, all or nothing: half a magazine would pass for one that somebody made."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self.progress = progress
        self.files = sorted(SEEDS.glob("articles/*.md"))
        self.addresses = {path.stem[11:]: address(path.stem) for path in self.files}
        self.photos: dict[str, Photo] = {}
        self.markdown = MarkdownIt("commonmark", {"html": True, "typographer": True})
        self.markdown.enable("smartquotes")

    @transaction.atomic
    def load(self) -> None:
        self.load_publication()
        self.load_taxonomy()
        self.load_photos()
        self.load_contributors()
        self.load_pages()
        self.load_articles()
        self.load_front_page()

    def load_publication(self) -> None:
        row = read_toml(SEEDS / "publication.toml")
        publication, _ = Publication.objects.get_or_create(pk=1)
        if publication.social_links.exists():
            return
        fields = {name: row[name] for name in row if hasattr(publication, name)}
        Publication.objects.filter(pk=1).update(**fields)
        SocialLink.objects.bulk_create(
            SocialLink(publication=publication, position=place, **link)
            for place, link in enumerate(row["social"])
        )
        self.progress("the publication")

    def load_taxonomy(self) -> None:
        taxonomy = read_toml(SEEDS / "taxonomy.toml")
        for place, row in enumerate(taxonomy["section"]):
            form = "strip" if row["slug"] == "qiosk" else "row"
            texts = {"description": self.curly(row["description"])}
            fields = {**row, **texts, "position": place, "front_page_form": form}
            Section.objects.get_or_create(slug=row["slug"], defaults=fields)
        for row in taxonomy["format"]:
            fields = {"name": row["name"], "schema_type": row["schema_type"]}
            Format.objects.get_or_create(slug=row["slug"], defaults=fields)
        for row in taxonomy["series"]:
            Series.objects.get_or_create(slug=row["slug"], defaults=row)
        for row in taxonomy["tag"]:
            Tag.objects.get_or_create(name=row["name"], defaults=row)
        for row in taxonomy["spelling"]:
            Spelling.objects.get_or_create(forms="\n".join(row["forms"]))
        self.progress("sections, formats, series, tags and spellings")

    def load_photos(self) -> None:
        rows = read_toml(SEEDS / "photos.toml")
        people = {path.stem: read_page(path)[0]["name"] for path in SEEDS.glob("contributors/*.md")}
        for path in sorted(SEEDS.glob("images/portraits/*.jpg")):
            rows[path.stem] = {
                "file": f"portraits/{path.name}",
                "alt": f"Drawn portrait of {people[path.stem]}",
                "agency": "Parley graphics",
                "licence": "CC BY 4.0",
            }
        for number, (key, row) in enumerate(rows.items(), 1):
            self.photos[key] = self.load_photo(row)
            self.progress(f"photo {number} of {len(rows)}")

    def load_photo(self, row: Row) -> Photo:
        path = SEEDS / "images" / row.pop("file")
        name = f"demo-{path.stem}.jpg"
        if found := Photo.objects.filter(original=name).first():
            return found
        focal_x, focal_y = row.pop("focal", (0.5, 0.5))
        row |= {field: self.curly(row[field]) for field in ("alt", "caption") if field in row}
        photo = Photo(focal_x=focal_x, focal_y=focal_y, **row)
        with path.open("rb") as file:
            size = pictures.accept(file, path.name, path.stat().st_size)
            photo.width, photo.height = size.width, size.height
            photo.original.storage.delete(name)  # left by an emptied database
            photo.original.save(name, File(file), save=False)
        photos.recut(photo)
        return photo

    def load_contributors(self) -> None:
        for path in sorted(SEEDS.glob("contributors/*.md")):
            row, text = read_page(path)
            portrait = self.photos.get(row.pop("portrait", ""))
            fields = {**row, "bio": self.html(text), "portrait": portrait}
            Contributor.objects.get_or_create(slug=path.stem, defaults=fields)
        self.progress("contributors")

    def load_pages(self) -> None:
        for path in sorted(SEEDS.glob("pages/*.md")):
            row, text = read_page(path)
            Page.objects.get_or_create(slug=path.stem, defaults={**row, "body": self.html(text)})
        self.progress("pages")

    def load_articles(self) -> None:
        related: dict[int, list[str]] = {}
        for number, path in enumerate(self.files, 1):
            row, text = read_page(path)
            if not Article.objects.filter(slug=path.stem[11:]).exists():
                article = self.load_article(path.stem[11:], row, self.html(text))
                related[article.pk] = row.get("related", [])
            self.progress(f"piece {number} of {len(self.files)}")
        ids = dict(Article.objects.values_list("slug", "pk"))
        RelatedLink.objects.bulk_create(
            RelatedLink(article_id=pk, to_article_id=ids[slug], position=place)
            for pk, slugs in related.items()
            for place, slug in enumerate(slugs)
        )

    def load_article(self, slug: str, row: Row, body: str) -> Article:
        article = Article.objects.create(
            slug=slug,
            headline=self.curly(row["headline"]),
            deck=self.curly(row["deck"]),
            body=body,
            teaser_paragraphs=row.get("teaser_paragraphs", 1),
            section=Section.objects.get(slug=row["section"]),
            format=Format.objects.filter(slug=row.get("format")).first(),
            series=Series.objects.filter(slug=row.get("series")).first(),
            kicker=Tag.objects.get(name=row["kicker"]),
            photo=self.photos.get(row.get("photo", "")),
        )
        article.tags.set(row["tags"])
        for place, entry in enumerate(row["byline"]):
            name = entry if isinstance(entry, dict) else {"contributor": entry}
            contributor = Contributor.objects.get(slug=name["contributor"])
            role = name.get("role", "")
            Byline.objects.create(
                article=article, contributor=contributor, role=role, position=place
            )
        if row.get("status") != "draft":
            why = "A piece of the demo magazine"
            services.publish(article, by=None, at=self.aware(row["published"]), override=why)
        for notice in row.get("notices", []):
            text = self.curly(notice["text"])
            fields = {**notice, "at": self.aware(notice["at"]), "text": text}
            services.correct(article, by=None, reason="Part of the demo magazine", **fields)
        return article

    def load_front_page(self) -> None:
        row = read_toml(SEEDS / "publication.toml")
        by_slug = {article.slug: article for article in Article.objects.defer("body")}
        front, _ = FrontPage.objects.get_or_create(pk=1)
        if front.lead is None and not front.picks.exists():
            FrontPage.objects.filter(pk=1).update(lead=by_slug[row["front_page"]["lead"]])
            for place, slug in enumerate(row["front_page"]["secondary"]):
                front.picks.create(article=by_slug[slug], position=place)
        for place, box in enumerate(row["topic_box"]):
            tag = Tag.objects.get(name=box["tag"])
            fields = {"tag": tag, "position": place}
            topic_box, is_new = TopicBox.objects.get_or_create(title=box["title"], defaults=fields)
            for pin_place, slug in enumerate(box["pins"] if is_new else []):
                topic_box.pins.create(article=by_slug[slug], position=pin_place)
        self.progress("front page and topic boxes")

    def html(self, text: str) -> str:
        """The body's HTML for the seeds' Markdown."""

        def figure(match: re.Match[str]) -> str:
            caption = f"<figcaption>{match[2]}</figcaption>" if match[2] else ""
            return f'<figure data-photo="{self.photos[match[1]].pk}">{caption}</figure>'

        def link(match: re.Match[str]) -> str:
            return f'href="{self.addresses[match[1]]}"'

        rendered = FIGURE.sub(figure, self.markdown.render(text))
        return re.sub(r'href="article:([\w-]+)"', link, rendered)

    def curly(self, line: str) -> str:
        """A line of plain text with the quotation marks of print."""
        return unescape(self.markdown.renderInline(line))

    def aware(self, local: datetime) -> datetime:
        return local.replace(tzinfo=Publication.current_zone())
