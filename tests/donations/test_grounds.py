"""Tax wordings, which are only ever added to, and hosts, which only administrators allow."""

import pytest
from django.test import Client

from donations import board
from donations.forms.grounds import HostForm
from donations.models import Change, DonationHost, TaxWording
from donations.services import grounds
from donations.services.allowed import NotAllowed
from tests.desk import logged_in
from tests.donations.desk import address
from tests.factories import make_user
from tests.factories_donations import make_appeal, make_host, make_live, make_tax_wording, rebuild

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return logged_in(role="fundraiser")


@pytest.fixture
def administrator() -> Client:
    return logged_in(role="administrator")


def test_new_wording_is_a_version_and_appeals_keep_theirs(desk: Client) -> None:
    appeal = make_live()
    sent = {"text": "<p>Gifts <b>are</b> deductible.</p>", "reason": "The auditor"}

    desk.post("/admin/donations/taxwording/add/", sent)

    newest = TaxWording.objects.latest()
    assert newest.text == "Gifts <strong>are</strong> deductible."
    content = board.read()
    assert content is not None
    assert content["appeals"][0]["tax"] == "Gifts are not tax-deductible."
    assert Change.objects.get(subject="Tax wording").reason == "The auditor"
    page = desk.get(address("check", appeal)).content.decode()
    assert f"There is a newer one: {newest}." in page


def test_draft_says_that_there_is_a_newer_wording_and_can_take_it(desk: Client) -> None:
    appeal = make_appeal()
    newest = make_tax_wording("The newest.")
    page = desk.get(address("change", appeal)).content.decode()
    assert f"There is a newer wording: {newest}." in page
    assert f'<option value="{newest.pk}">' in page


def test_wording_is_never_changed_or_deleted(administrator: Client) -> None:
    wording = make_tax_wording("As it was.")
    for name in ["change", "delete"]:
        path = f"/admin/donations/taxwording/{wording.pk}/{name}/"
        answer = administrator.post(path, {"text": "Other", "reason": "x", "post": "yes"})
        assert answer.status_code == 403
    wording.refresh_from_db()
    assert wording.text == "As it was."


def test_wording_without_a_reason_is_refused_and_kept(desk: Client) -> None:
    answer = desk.post("/admin/donations/taxwording/add/", {"text": "Typed", "reason": ""})
    assert "Typed" in answer.content.decode()
    assert not TaxWording.objects.exists()


def test_host_is_allowed_by_administrators_only(desk: Client, administrator: Client) -> None:
    sent = {"host": "gifts.example.org", "amount_parameter": "sum", "interval_parameter": ""}
    sent |= {"reason": "Our new donation page"}
    path = "/admin/donations/donationhost/add/"

    assert desk.post(path, sent).status_code == 403
    administrator.post(path, sent)

    assert DonationHost.objects.get().amount_parameter == "sum"
    logged = Change.objects.filter(subject="Host: gifts.example.org")
    assert set(logged.values_list("reason")) == {("Our new donation page",)}


def test_what_is_no_host_is_refused() -> None:
    for host in ["https://gifts.example.org", "example.org/x", "a b.org", "-.org", ""]:
        assert "host" in HostForm({"host": host, "reason": "Ours"}).errors, host


def test_host_is_kept_in_small_letters(administrator: Client) -> None:
    administrator.post(
        "/admin/donations/donationhost/add/", {"host": " Gifts.Example.ORG ", "reason": "Ours"}
    )
    assert DonationHost.objects.get().host == "gifts.example.org"


def test_name_of_a_host_stays(administrator: Client) -> None:
    host = make_host()
    sent = {"host": "evil.example", "amount_parameter": "sum", "interval_parameter": ""}
    sent |= {"reason": "They call it so now"}
    administrator.post(f"/admin/donations/donationhost/{host.pk}/change/", sent)
    host.refresh_from_db()
    assert (host.host, host.amount_parameter) == ("donate.example.org", "sum")


def test_host_of_a_live_appeal_stays(administrator: Client) -> None:
    make_live(name="Winter")
    host = DonationHost.objects.get()
    with pytest.raises(NotAllowed, match="Winter leads there"):
        grounds.remove_host(host, by=make_user())

    path = f"/admin/donations/donationhost/{host.pk}/delete/"
    answer = administrator.post(path, {"post": "yes"}, follow=True)
    assert "Winter leads there" in answer.content.decode()
    assert DonationHost.objects.exists()


def test_host_that_nothing_live_leads_to_goes(administrator: Client) -> None:
    make_appeal()
    host = DonationHost.objects.get()
    administrator.post(f"/admin/donations/donationhost/{host.pk}/delete/", {"post": "yes"})
    assert not DonationHost.objects.exists()


def test_what_a_host_calls_an_amount_reaches_readers() -> None:
    appeal = make_live()
    appeal.variants.update(amounts=[500])
    rebuild()
    fields = {"amount_parameter": "sum", "interval_parameter": ""}

    grounds.save_host("donate.example.org", fields, by=make_user(), reason="Theirs")

    content = board.read()
    assert content is not None
    assert "sum=5" in content["appeals"][0]["variants"][0]["amounts"][0]["url"]
