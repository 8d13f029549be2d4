"""Who may do what at every address of the appeals, and that looking changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from donations import returning
from donations.models import Change
from tests.addresses import Addresses, address, answers, names_under, rows_of, stored
from tests.desk import logged_in
from tests.factories import make_published, make_user
from tests.factories_donations import (
    make_appeal,
    make_claim,
    make_goal,
    make_host,
    make_live,
    make_pause,
    make_rules,
)

pytestmark = [pytest.mark.django_db, pytest.mark.processes]  # it takes hundreds of requests

TABLE = """
admin:donations_change_changelist      lnyyny lnyyny
admin:donations_change_add             lnnnnn lnnnnn
admin:donations_change_history         lnyyny lnyyny
admin:donations_change_delete          lnnnnn lnnnnn
admin:donations_change_change          lnyyny lnnnnn
admin:donations_appeal_clean           ln---- lnyyyy
admin:donations_appeal_check           lnyyyy ln----
admin:donations_appeal_go_live         ln-nn- lnynny
admin:donations_appeal_end             ln-nn- lnynny
admin:donations_appeal_move_end        ln-nn- lnynny
admin:donations_appeal_archive         ln-nn- lnynny
admin:donations_appeal_copy            ln-nn- lnynny
admin:donations_appeal_tie             ln-nn- lnynny
admin:donations_appeal_preview         lnyyyy ln----
admin:donations_appeal_preview_page    lnyyyy ln----
admin:donations_explain                lnyyyy ln----
admin:donations_appeal_explain         lnyyyy ln----
admin:donations_shares                 lnyyyy ln----
admin:donations_appeal_shares          lnyyyy ln----
admin:donations_results                lnyyny ln--n-
admin:donations_appeal_results         lnyyny ln--n-
admin:donations_appeal_results_csv     lnyyny ln--n-
admin:donations_appeal_changelist      lnyyyy lnyyyy
admin:donations_appeal_add             lnynny lnynny
admin:donations_appeal_history         lnyyny ln--n-
admin:donations_appeal_delete          lnynny lnynny
admin:donations_appeal_change          lnyyyy lnynny
admin:donations_claim_changelist       lnyyny lnyyny
admin:donations_claim_add              lnynny lnynny
admin:donations_claim_history          lnyyny lnyyny
admin:donations_claim_delete           lnynny lnynny
admin:donations_claim_change           lnyyny lnynny
admin:donations_goal_totals            lnyyny lnynny
admin:donations_goal_changelist        lnyyny lnyyny
admin:donations_goal_add               lnynny lnynny
admin:donations_goal_history           lnyyny lnyyny
admin:donations_goal_delete            lnnnny lnnnny
admin:donations_goal_change            lnyyny lnynny
admin:donations_taxwording_changelist  lnyyny lnyyny
admin:donations_taxwording_add         lnynny lnynny
admin:donations_taxwording_history     lnyyny lnyyny
admin:donations_taxwording_delete      lnnnnn lnnnnn
admin:donations_taxwording_change      lnyyny lnnnnn
admin:donations_donationhost_changelist lnyyny lnyyny
admin:donations_donationhost_add       lnnnny lnnnny
admin:donations_donationhost_history   lnyyny lnyyny
admin:donations_donationhost_delete    lnnnny lnnnny
admin:donations_donationhost_change    lnyyny lnnnny
admin:donations_pause_now              lnyyny lnyyny
admin:donations_pause_changelist       lnyyny lnyyny
admin:donations_pause_add              lnyyny lnyyny
admin:donations_pause_history          lnyyny lnyyny
admin:donations_pause_delete           lnyyny lnyyny
admin:donations_pause_change           lnyyny lnyyny
admin:donations_switches               lnyyny lnyyny
admin:donations_names                  lnyyyy ln----
admin:donations_rules_changelist       lnyyny lnyyny
admin:donations_rules_add              lnnnnn lnnnnn
admin:donations_rules_history          lnyyny lnyyny
admin:donations_rules_delete           lnnnnn lnnnnn
admin:donations_rules_change           lnyyny lnynny
donations:about                        yyyyyy -
donations:count                        -      yyyyyy
donations:total                        -      nnnnnn
donations:thanks                       yyyyyy -
"""


@pytest.fixture
def addresses(settings: Settings) -> Addresses:
    """Of every name, with something behind it."""
    settings.DONATIONS_WEBHOOK_SECRET = "s" * 40
    now = timezone.now()
    make_published(at=now - timedelta(hours=1))
    make_live()
    appeal, goal = make_appeal(edited_by=make_user("fundraiser")), make_goal()
    one = {
        "appeal": appeal.pk,
        "change": Change.objects.create(at=now, appeal=appeal, subject="A", field="name").pk,
        "claim": make_claim().pk,
        "donationhost": make_host().pk,
        "goal": goal.pk,
        "pause": make_pause(now, now + timedelta(hours=1)).pk,
        "rules": make_rules().pk,
        "taxwording": appeal.tax_wording_id,
    }
    others: dict[str, list[Any]] = {
        "donations:total": [goal.slug],
        "donations:thanks": [returning.link().rstrip("/").rsplit("/", 1)[-1]],
    }

    def arguments(name: str) -> list[Any]:
        return others.get(name) or [one.get(name.split("_")[1]) if "_" in name else None]

    found = {
        name: address(name, [], arguments(name))
        for name in names_under("donations:", "admin:donations_")
    }
    found["admin:donations_appeal_preview_page"] += "?path=/latest/"
    return found


def test_every_address_lets_in_whom_it_should(addresses: Addresses) -> None:
    assert answers(addresses) == rows_of(TABLE)


@pytest.mark.parametrize("role", ["", "administrator"])
def test_looking_changes_nothing(addresses: Addresses, role: str) -> None:
    visitor = logged_in(role=role) if role else Client()
    before = stored()

    for url in addresses.values():
        visitor.get(url)
        visitor.head(url)

    assert stored() == before
