"""The demo magazine's newsletter: fictitious subscribers, and the letters that went out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from markdown_it import MarkdownIt

from newsletter import freezing
from newsletter.models import Issue, Newsletter
from newsletter.services import composing
from newsroom.demo import SEEDS, read_toml
from newsroom.filler.ledger import fill_ledger
from newsroom.filler.subscribers import fill_subscribers
from newsroom.models import Publication, User

Row = dict[str, Any]


class DemoNewsletter:
    """Loads seeds/newsletter.toml, all or nothing; not where there is a newsletter already.

    by: whose work it is said to be.
    """

    def __init__(self, by: User, progress: Callable[[str], None]) -> None:
        self.by, self.progress = by, progress
        self.markdown = MarkdownIt("commonmark", {"typographer": True}).enable("smartquotes")

    @transaction.atomic
    def load(self) -> None:
        if Newsletter.objects.exists():
            return
        row = read_toml(SEEDS / "newsletter.toml")
        welcome = self.markdown.render(row["welcome"])
        Newsletter.objects.create(pk=1, name=row["name"], welcome=welcome)
        Publication.objects.filter(newsletter_promise="").update(newsletter_promise=row["promise"])
        fill_subscribers(row["n_subscribers"])
        self.progress("subscribers")
        for number, letter in enumerate(row["issue"], 1):
            self.load_letter(letter)
            self.progress(f"letter {number} of {len(row['issue'])}")

    def load_letter(self, row: Row) -> None:
        sent: datetime = row["sent"].replace(tzinfo=Publication.current_zone())
        issue = composing.draft(by=self.by, at=sent)
        lead = issue.items.get(article__slug=row["lead"])
        for item in issue.items.filter(group=""):
            if item.article and item != lead:
                group = item.article.section.name if item.article.section else ""
                composing.place(item, by=self.by, group=group)
        composing.place(lead, by=self.by, group="")
        texts = {name: self.markdown.renderInline(row[name]) for name in ("subject", "preheader")}
        opening = self.markdown.render(row["opening"])
        issue = composing.edit(issue, by=self.by, was={}, opening=opening, **texts)
        freezing.freeze(issue)
        issue.status = Issue.Status.SENT
        issue.approved_at = issue.send_at = issue.started_at = issue.running_since = sent
        issue.published_on = sent.date()
        issue.approved_by, issue.tested_version = self.by, issue.version
        issue.save()
        fill_ledger(issue)
