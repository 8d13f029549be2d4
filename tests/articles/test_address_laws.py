"""Whatever is made, moved and taken back: an address that was public leads to whose it was last."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from articles import services
from articles.models import Article, FormerAddress, Section, Tag
from articles.redirects import address_of, moved
from articles.services import addresses
from tests.factories import make_article, make_section, make_user

pytestmark = pytest.mark.django_db
SLUGS = st.sampled_from(["a", "b", "c", "a-2"])
Address = tuple[str, Any, str]


class Magazine(RuleBasedStateMachine):
    """Few slugs and many moves; `owners` is what should be where."""

    pieces: Bundle[int] = Bundle("pieces")

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.owners: dict[Address, Any] = {}
        self.by = make_user("administrator")
        self.section = make_section("Europe")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def takes(self, row: Any) -> None:
        address = address_of(row)
        kind = row._meta.model_name  # noqa: SLF001  # public
        self.owners[kind, address.get("day"), address["slug"]] = row

    @rule(model=st.sampled_from([Section, Tag]), slug=SLUGS)
    def make(self, model: Any, slug: str) -> None:
        if not model.objects.filter(slug=slug).exists():
            name = f"{slug} {model.objects.count()} {len(self.owners)}"
            self.takes(model.objects.create(name=name, slug=slug))

    @rule(model=st.sampled_from([Section, Tag]), was=SLUGS, slug=SLUGS)
    def move(self, model: Any, was: str, slug: str) -> None:
        row = model.objects.filter(slug=was).first()
        if row and not model.objects.filter(slug=slug).exists():
            row.slug = slug
            addresses.save(row, by=self.by)
            self.takes(row)

    @rule(target=pieces, slug=SLUGS)
    def write(self, slug: str) -> int:
        return make_article(slug=services.free_slug(slug), section=self.section).pk

    @rule(pk=pieces)
    def publish(self, pk: int) -> None:
        article = Article.objects.get(pk=pk)
        if services.publish(article, by=None, at=timezone.now(), override="x"):
            self.takes(article)

    @rule(pk=pieces)
    def unpublish(self, pk: int) -> None:
        services.unpublish(Article.objects.get(pk=pk), by=None)

    @rule(pk=pieces, slug=SLUGS)
    def move_piece(self, pk: int, slug: str) -> None:
        article = Article.objects.get(pk=pk)
        article.slug = slug
        services.write(article, services.Belongings([], "", [], []), by=self.by)
        if article.published_on:
            self.takes(article)

    @invariant()
    def every_address_leads_in_one_hop_to_whose_it_was(self) -> None:
        found = {address: self.at(address) for address in self.owners}
        assert found == self.owners
        for row in found.values():
            assert type(row).objects.filter(**self.columns(address_of(row))).get() == row

    def at(self, address: Address) -> Any:
        kind, day, slug = address
        parts = {"day": day, "slug": slug} if day else {"slug": slug}
        model = {"article": Article, "section": Section, "tag": Tag}[kind]
        here = model.objects.filter(**self.columns(parts)).first()  # type: ignore[attr-defined]
        return here or moved(FormerAddress.Kind(kind), parts)

    def columns(self, parts: dict[str, Any]) -> dict[str, Any]:
        return {"published_on" if name == "day" else name: part for name, part in parts.items()}


def test_every_address_that_was_public_leads_to_whose_it_was_last() -> None:
    Magazine.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
    run_state_machine_as_test(Magazine)
