"""Who may do what at every address of the newsletter, and that looking changes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from newsletter import suppressions, tokens
from newsletter.models import Click, Import, Newsletter, Suppression
from newsletter.services import composing
from newsroom.lib import outbox
from tests.desk import logged_in
from tests.factories import make_published, make_user
from tests.factories_newsletter import (
    make_issue,
    make_item,
    make_segment,
    make_sent,
    make_subscriber,
)
from tests.roundup import make_roundup

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes a thousand requests
ROLES = ["", "writer", "fundraiser", "editor", "newsletter editor", "administrator"]

# For GET and for POST a letter for each role: y is let in, n is not (403), l must log in first;
# - is for a method that the address has not (405).
TABLE = """
admin:outbox                           lyyyyy -
admin:outbox_letter                    lyyyyy -
admin:outbox_letter_html               lyyyyy -
admin:newsletter_import_agree          -      lnnnyy
admin:newsletter_import_go_on          -      lnnnyy
admin:newsletter_import_discard        -      lnnnyy
admin:newsletter_import_refused        lnnnyy -
admin:newsletter_import_changelist     lnnnyy lnnnyy
admin:newsletter_import_add            lnnnyy lnnnyy
admin:newsletter_import_history        lnnnyy lnnnyy
admin:newsletter_import_delete         lnnnnn lnnnnn
admin:newsletter_import_change         lnnnyy lnnn--
admin:newsletter_issue_preview         lnnyyy -
admin:newsletter_issue_draft           -      lnnnyy
admin:newsletter_issue_edit            -      lnnnyy
admin:newsletter_issue_version         lnnyyy -
admin:newsletter_issue_parts           lnnyyy -
admin:newsletter_issue_take_in         -      lnnnyy
admin:newsletter_issue_regroup         -      lnnnyy
admin:newsletter_issue_move_group      -      lnnnyy
admin:newsletter_issue_rename_group    -      lnnnyy
admin:newsletter_issue_add_piece       -      lnnnyy
admin:newsletter_issue_add_block       -      lnnnyy
admin:newsletter_issue_step            -      lnnnyy
admin:newsletter_issue_place           -      lnnnyy
admin:newsletter_issue_edit_item       -      lnnnyy
admin:newsletter_issue_skip            -      lnnnyy
admin:newsletter_issue_unskip          -      lnnnyy
admin:newsletter_issue_remove          -      lnnnyy
admin:newsletter_issue_seen            -      lnnnyy
admin:newsletter_issue_approve         lnnyyy lnnyyy
admin:newsletter_issue_test            lnn--- lnnyyy
admin:newsletter_issue_status          lnnyyy lnn---
admin:newsletter_issue_schedule        lnnn-- lnnnyy
admin:newsletter_issue_cancel          lnnn-- lnnnyy
admin:newsletter_issue_reopen          lnn--- lnnyyy
admin:newsletter_issue_changelist      lnnyyy lnnyyy
admin:newsletter_issue_add             lnnnnn lnnnnn
admin:newsletter_issue_history         lnnyyy lnnyyy
admin:newsletter_issue_delete          lnnnyy lnnnyy
admin:newsletter_issue_change          lnnyyy lnn---
admin:newsletter_newsletter_changelist lnnnyy lnnnyy
admin:newsletter_newsletter_add        lnnnnn lnnnnn
admin:newsletter_newsletter_history    lnnnyy lnnnyy
admin:newsletter_newsletter_delete     lnnnnn lnnnnn
admin:newsletter_newsletter_change     lnnnyy lnnnyy
admin:newsletter_segment_count         -      lnnnyy
admin:newsletter_segment_changelist    lnnnyy lnnnyy
admin:newsletter_segment_add           lnnnyy lnnnyy
admin:newsletter_segment_history       lnnnyy lnnnyy
admin:newsletter_segment_delete        lnnnyy lnnnyy
admin:newsletter_segment_change        lnnnyy lnnnyy
admin:newsletter_subscriber_leave      -      lnnnyy
admin:newsletter_subscriber_complained -      lnnnyy
admin:newsletter_subscriber_bounced    -      lnnnyy
admin:newsletter_subscriber_ask        -      lnnnyy
admin:newsletter_subscriber_person     -      lnnnny
admin:newsletter_subscriber_erase      -      lnnnny
admin:newsletter_subscriber_growth     lnnnyy -
admin:newsletter_subscriber_export     -      lnnnny
admin:newsletter_subscriber_changelist lnnnyy lnnnyy
admin:newsletter_subscriber_add        lnnnyy lnnnyy
admin:newsletter_subscriber_history    lnnnyy lnnnyy
admin:newsletter_subscriber_delete     lnnnnn lnnnnn
admin:newsletter_subscriber_change     lnnnyy lnnn--
admin:newsletter_suppression_find      -      lnnnyy
admin:newsletter_suppression_lift      -      lnnnny
admin:newsletter_suppression_changelist lnnnyy lnnnyy
admin:newsletter_suppression_add       lnnnnn lnnnnn
admin:newsletter_suppression_history   lnnnyy lnnnyy
admin:newsletter_suppression_delete    lnnnnn lnnnnn
admin:newsletter_suppression_change    lnnnyy lnnn--
newsletter:signup                      yyyyyy yyyyyy
newsletter:ticket                      yyyyyy -
newsletter:asked                       yyyyyy -
newsletter:confirm                     yyyyyy yyyyyy
newsletter:leave                       yyyyyy yyyyyy
newsletter:come_back                   yyyyyy yyyyyy
newsletter:preferences                 yyyyyy yyyyyy
newsletter:export                      yyyyyy -
newsletter:erase                       yyyyyy yyyyyy
newsletter:issue_list                  yyyyyy -
newsletter:issue_detail                yyyyyy -
newsletter:go                          yyyyyy -
newsletter:feed                        yyyyyy yyyyyy
"""
UNTOUCHED = {"newsletter", "articles", "newsroom", "admin", "procrastinate"}


def table() -> dict[str, list[str]]:
    rows = (row.split() for row in TABLE.split("\n") if row)
    return {name: answers for name, *answers in rows}


def every_name() -> Iterator[str]:
    for name in named(get_resolver().url_patterns):
        if name.startswith(("newsletter:", "admin:newsletter_", "admin:outbox")):
            yield name


def named(patterns: Any, space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, space + inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name


def stored() -> dict[str, list[Any]]:
    """All that looking must not change; who follows a link is counted, though."""
    models = [m for m in apps.get_models(include_auto_created=True) if m is not Click]
    found = [m for m in models if m._meta.app_label in UNTOUCHED]  # noqa: SLF001
    return {m.__name__: list(QuerySet(m).order_by("pk").values()) for m in found}


@pytest.fixture
def addresses(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """Of every name, with something behind it."""
    settings.EMAIL_BACKEND, settings.OUTBOX_DIR = outbox.BACKEND, tmp_path
    outbox.Outbox().send_messages([EmailMessage("Hello", "Hello", "a@example.org", ["b@c.de"])])
    issue, user = make_roundup("Lead", "Second"), make_user()
    item, skipped = issue.items.all()
    composing.skip(skipped, by=user, reason="Old")
    sent = make_issue(counts_clicks=True)
    make_item(sent, make_published(at=timezone.now()))
    make_sent(sent)
    suppressions.suppress("ann@example.org", Suppression.Reason.LEFT, timezone.now())
    subscriber = make_subscriber()
    value = str(subscriber.pk)
    one = {
        "issue": issue.pk,
        "subscriber": subscriber.pk,
        "segment": make_segment().pk,
        "import": Import.objects.create(name="a.csv", statement="Proof", created_by=user).pk,
        "suppression": Suppression.objects.get().pk,
        "newsletter": Newsletter.objects.get().pk,
    }
    links = {
        "confirm": tokens.confirm_token(subscriber.pk, subscriber.asked_at or timezone.now()),
        "leave": tokens.LEAVE.sign(value),
        "come_back": tokens.RETURN.sign(value),
        "preferences": tokens.PREFERENCES.sign(value),
        "export": tokens.EXPORT.sign(value),
        "erase": tokens.ERASE.sign(value),
    }
    others: dict[str, list[Any]] = {
        "newsletter:issue_detail": [sent.published_on],
        "newsletter:go": [sent.pk, 0],
        "admin:outbox_letter": outbox.names(),
        "admin:outbox_letter_html": outbox.names(),
        "admin:newsletter_issue_edit": [issue.pk, "subject"],
    }

    def arguments(name: str) -> list[Any]:
        if found := others.get(name):
            return found
        space, _, view = name.partition(":")
        if space == "newsletter":
            return [links[view]] if view in links else []
        model = view.split("_")[1] if "_" in view else ""
        return [one[model]] if model in one else []

    def address(name: str) -> str:
        for args in ([], arguments(name), [*arguments(name), item.pk]):
            try:
                return reverse(name, args=args)
            except NoReverseMatch:
                continue
        raise AssertionError(name)

    return {name: address(name) for name in every_name()}


def answer(response: HttpResponseBase) -> str:
    if response.headers.get("Location", "").startswith("/admin/login/"):
        return "l"
    return {403: "n", 404: ".", 405: "-"}.get(response.status_code, "y")


def test_every_address_lets_in_whom_it_should(addresses: dict[str, str]) -> None:
    visitors = [logged_in(role=role) if role else Client() for role in ROLES]

    def answers(method: str, url: str) -> str:
        found = ""
        for visitor in visitors:
            with transaction.atomic():
                found += answer(getattr(visitor, method)(url))
                transaction.set_rollback(True)
        return "-" if set(found) in ({"-"}, {"-", "l"}) else found

    found = {n: [answers("get", url), answers("post", url)] for n, url in addresses.items()}
    assert found == table()


@pytest.mark.parametrize("role", ["", "administrator"])
def test_looking_changes_nothing(addresses: dict[str, str], role: str) -> None:
    visitor = logged_in(role=role) if role else Client()
    before = stored()

    for url in addresses.values():
        visitor.get(url)
        visitor.head(url)

    assert stored() == before
