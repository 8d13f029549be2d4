"""Every kind of page is valid HTML, by the checker of those who write the standard."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from articles import services
from articles.services import sharing
from donations import returning
from newsletter.tokens import ERASE, LEAVE, PREFERENCES, RETURN, confirm_token
from tests.browser.magazine import addresses, make_magazine
from tests.factories import make_article, make_published, make_ready, make_user
from tests.factories_donations import make_goal, make_live, make_rules
from tests.factories_newsletter import make_letter, make_sent, make_subscriber
from tests.nu import complaints

pytestmark = [pytest.mark.django_db, pytest.mark.processes]


def of_the_magazine() -> dict[str, str]:
    """Every page kind of `articles`, with appeals live; and what stands where a piece was."""
    make_rules()
    for slot in ("top", "foot", "body", "list"):
        make_live("Please.", slot=slot, goal=make_goal())
    piece = make_magazine()
    kinds = {path.strip("/").replace("/", "-") or "front": path for path in addresses(piece)}
    for number in range(10):
        make_published(f"Plain {number}")
    now = timezone.now()
    killed = make_published("Killed")
    services.kill(killed, by=None, note="Wrong", notice="A <em>forgery</em>.")
    over = make_published("Over", at=now - timedelta(hours=2), published_until=now)
    return kinds | {
        "second-page": "/latest/?page=2",
        "found": "/search/?q=treaty",
        "nothing-found": "/search/?q=xyzzy&section=europe&from=x",
        "rest": f"{piece.get_absolute_url()}rest/",
        "republish": f"{piece.get_absolute_url()}republish/",
        "no-picture": make_published('Quoted "&" <b> and </script>').get_absolute_url(),
        "killed": killed.get_absolute_url(),
        "over": over.get_absolute_url(),
        "draft": sharing.share(make_ready(), by=make_user()).get_absolute_url(),
        "bare-draft": sharing.share(make_article(), by=make_user()).get_absolute_url(),
        "bad-draft": "/preview/token/",
    }


def of_letters_and_gifts() -> dict[str, str]:
    reader, new = make_subscriber(), make_subscriber(status="pending")
    assert new.asked_at
    pk, gone = str(reader.pk), str(make_subscriber(status="left").pk)
    return {
        "newsletter": "/newsletter/",
        "letters": "/newsletter/archive/",
        "letter": make_sent(make_letter()).get_absolute_url(),
        "asked": "/newsletter/asked/",
        "confirm": f"/newsletter/confirm/{confirm_token(new.pk, new.asked_at)}/",
        "bad-link": "/newsletter/confirm/token/",
        "leave": f"/newsletter/leave/{LEAVE.sign(pk)}/",
        "left": f"/newsletter/leave/{LEAVE.sign(gone)}/",
        "returned": f"/newsletter/return/{RETURN.sign(pk)}/",
        "preferences": f"/newsletter/preferences/{PREFERENCES.sign(pk)}/",
        "erase": f"/newsletter/erase/{ERASE.sign(pk)}/",
        "why-we-ask": "/appeals/",
        "thanks": f"/donate-thanks/{returning.GAVE.sign(returning.PAGE)}/",
        "no-thanks": "/donate-thanks/token/",
    }


def test_no_kind_of_page_has_an_error(client: Client, tmp_path: Path) -> None:
    kinds = of_the_magazine() | of_letters_and_gifts()
    pages = {name: client.get(path).content.decode() for name, path in kinds.items()}
    pages["rest"] = (
        f"<!doctype html><html lang=en><title>Rest</title><h1>A</h1><h2>B</h2>{pages['rest']}"
    )
    sent = {"address": "ann@example.org", "form": "page"}
    pages["one-more-step"] = client.post("/newsletter/", sent).content.decode()
    pages["again"] = client.post("/newsletter/", {"address": "ann@"}).content.decode()

    assert complaints(pages, tmp_path) == []


def test_checker_complains(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=en><title>x</title><p><div id=a></div><i id=a></i>"

    assert len(complaints({"bad": page}, tmp_path)) >= 1
