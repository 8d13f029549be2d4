"""What is live, or was, changes in nothing but its end."""

from typing import Any

import pytest
from django.test import Client

from donations.models import Appeal, Tie, Variant
from donations.services import appeals, claims
from donations.services.allowed import Locked
from donations.services.appeals import Wording
from tests.desk import logged_in
from tests.donations.desk import address, typed
from tests.factories import make_user
from tests.factories_donations import make_claim, make_live

pytestmark = pytest.mark.django_db
AFTER = ["live", "ended", "archived"]


def put(status: str) -> Appeal:
    appeal = make_live("Up 133%.")
    ended = {"ended_at": appeal.ends_at} if status == "ended" else {}
    Appeal.objects.filter(pk=appeal.pk).update(status=status, **ended)
    appeal.refresh_from_db()
    return appeal


def everything(appeal: Appeal) -> list[Any]:
    rows: list[Any] = [list(Appeal.objects.filter(pk=appeal.pk).values())]
    rows += [list(Variant.objects.filter(appeal=appeal).values()), list(Tie.objects.values())]
    return rows


@pytest.mark.parametrize("status", AFTER)
def test_service_and_raw_post_change_nothing(status: str) -> None:
    appeal, by, claim = put(status), make_user("fundraiser"), make_claim()
    before = everything(appeal)
    fields = {name: getattr(appeal, name) for name in appeals.FIELDS} | {"name": "Changed"}
    sent = typed(appeal, name="Changed", v0_heading="Changed", v0_weight=9)
    sent |= {"post": "yes", "phrase": "133%", "claim": claim.pk}
    desk = logged_in(by)

    with pytest.raises(Locked):
        appeals.write(appeal, fields, [Wording({"heading": "x"})], by=by, version=appeal.version)
    with pytest.raises(Locked):
        appeals.delete(appeal, by=by)
    with pytest.raises(Locked):
        claims.tie(appeal, "133%", claim, by=by)
    for name, refusal in [("change", 409), ("delete", 403), ("tie", 302)]:
        assert desk.post(address(name, appeal), sent).status_code == refusal

    assert everything(appeal) == before


def test_text_typed_while_it_went_live_is_still_there(client: Client) -> None:
    appeal = put("live")
    sent = typed(appeal, v0_heading="Typed meanwhile")

    answer = logged_in(role="fundraiser").post(address("change", appeal), sent)

    assert answer.status_code == 409
    assert "Typed meanwhile" in answer.content.decode()


@pytest.mark.parametrize("status", AFTER)
def test_form_is_not_offered(status: str) -> None:
    appeal = put(status)
    desk = logged_in(role="fundraiser")

    assert desk.get(address("change", appeal)).headers["Location"] == address("check", appeal)
    page = desk.get(address("check", appeal)).content.decode()
    assert "Tie “" not in page
    assert ("End it</button>" in page) is (status == "live")
