"""Where appeals lead, and what the donation page is told."""

from urllib.parse import parse_qsl, urlsplit

from donations import links
from donations.models import Appeal, DonationHost, Slot, Variant

APPEAL = Appeal(pk=7, url="https://donate.example.org/parley", campaign="winter", currency="USD")
VARIANT = Variant(pk=12, appeal=APPEAL, interval="month")


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_the_donation_page_learns_where_a_giver_came_from() -> None:
    assert query(links.tagged(APPEAL, VARIANT)) == {
        "utm_source": "site",
        "utm_medium": "appeal-body",
        "utm_campaign": "winter",
        "utm_content": "variant-12",
    }


def test_in_a_letter_the_source_is_the_newsletter() -> None:
    appeal = Appeal(slot=Slot.LETTER, url=APPEAL.url, campaign="winter")

    assert query(links.tagged(appeal, VARIANT))["utm_source"] == "newsletter"


def test_what_the_address_said_before_stays() -> None:
    appeal = Appeal(url="https://donate.example.org/p?fund=a%26b&empty=#form", campaign="winter")

    url = links.tagged(appeal, VARIANT)

    assert query(url)["fund"] == "a&b"
    assert "empty=&" in url
    assert url.endswith("#form")


def test_amounts_are_passed_as_the_host_calls_them() -> None:
    host = DonationHost(amount_parameter="sum", interval_parameter="every")

    told = query(links.for_amount(APPEAL, VARIANT, 250, host))

    assert (told["sum"], told["every"]) == ("2.50", "month")


def test_a_host_that_takes_no_amounts_is_not_told_any() -> None:
    host = DonationHost(amount_parameter="", interval_parameter="")

    assert links.for_amount(APPEAL, VARIANT, 250, host) == links.tagged(APPEAL, VARIANT)


def test_labels_say_how_often() -> None:
    labels = [links.label(500, "USD", interval) for interval in ("once", "month", "year")]

    assert labels == ["$5", "$5 a month", "$5 a year"]


HOSTS = {
    "https://donate.example.org/parley": "donate.example.org",
    "https://Donate.Example.ORG": "donate.example.org",
    "http://donate.example.org/": "",
    "https://donate.example.org:8443/": "",
    "https://donate.example.org:bad/": "",
    "https://donate.example.org@evil.example/": "",
    "https://evil.example\\@donate.example.org/": "",
    "https://donate.example.org\\.evil.example/": "",
    "//donate.example.org/": "",
    "javascript:alert(1)": "",
    "https://[::1": "",
    "": "",
}


def test_only_a_plain_https_address_has_a_host() -> None:
    assert {url: links.host(url) for url in HOSTS} == HOSTS
