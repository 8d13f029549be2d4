"""Who may do what at every address of the newsletter, and that looking changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from newsletter import suppressions, tokens
from newsletter.models import Click, Import, Issue, Newsletter, Suppression
from newsletter.services import composing
from newsroom.lib import outbox
from tests.addresses import Addresses, address, answers, names_under, rows_of, stored
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
admin:newsletter_issue_progress        lnnyyy lnn---
admin:newsletter_issue_pause           lnnn-- lnnnyy
admin:newsletter_issue_resume          lnnn-- lnnnyy
admin:newsletter_issue_stop            lnnnyy lnnnyy
admin:newsletter_issue_repeat          lnnn-- lnnnyy
admin:newsletter_issue_letters         lnnnyy lnnn--
admin:newsletter_issue_certificate     lnnyyy lnn---
admin:newsletter_issue_origin          lnnyyy lnnnyy
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
newsletter:sitemap_letters             yyyyyy -
"""


@pytest.fixture
def addresses(settings: Settings, tmp_path: Path) -> Addresses:
    """Of every name, with something behind it."""
    settings.EMAIL_BACKEND, settings.OUTBOX_DIR = outbox.BACKEND, tmp_path
    outbox.Outbox().send_messages([EmailMessage("Hello", "Hello", "a@example.org", ["b@c.de"])])
    issue, user = make_roundup("Lead", "Second"), make_user()
    item, skipped = issue.items.all()
    composing.skip(skipped, by=user, reason="Old")
    sent = make_issue(counts_clicks=True)
    make_item(sent, make_published(at=timezone.now()))
    make_sent(sent)
    Issue.objects.filter(pk=sent.pk).update(certificate={"format": 1})
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
        "admin:newsletter_issue_certificate": [sent.pk],
    }

    def arguments(name: str) -> list[Any]:
        if found := others.get(name):
            return found
        space, _, view = name.partition(":")
        if space == "newsletter":
            return [links[view]] if view in links else []
        model = view.split("_")[1] if "_" in view else ""
        return [one[model]] if model in one else []

    return {
        name: address(name, [], arguments(name), [*arguments(name), item.pk])
        for name in names_under("newsletter:", "admin:newsletter_", "admin:outbox")
    }


def test_every_address_lets_in_whom_it_should(addresses: Addresses) -> None:
    assert answers(addresses) == rows_of(TABLE)


@pytest.mark.parametrize("role", ["", "administrator"])
def test_looking_changes_nothing(addresses: Addresses, role: str) -> None:
    visitor = logged_in(role=role) if role else Client()
    before = stored(Click)  # who follows a link is counted

    for url in addresses.values():
        visitor.get(url)
        visitor.head(url)

    assert stored(Click) == before
