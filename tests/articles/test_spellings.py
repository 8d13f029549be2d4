"""The list of names that are spelt in several ways, as editors keep it."""

import pytest

from articles.models import Spelling
from newsroom.models import AuditEntry
from tests.desk import logged_in

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/spelling/add/"


def test_each_spelling_is_kept_once_and_in_order() -> None:
    typed = " Kyiv \r\n\r\nKiev\nKIÉV\n  Kijiw  "

    response = logged_in().post(ADD, {"forms": typed})

    assert response.status_code == 302
    assert Spelling.objects.get().lines == ["Kyiv", "Kiev", "Kijiw"]
    assert AuditEntry.objects.filter(kind="articles_spelling", action="added").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Kyiv", "Two different spellings"),
        ("Kyiv\nKYIV", "Two different spellings"),
        ("!!!\n...", "Two different spellings"),
        ("Odesa\nódessa", "is listed already, with Odessa"),
        ("\n".join(f"name {n}" for n in range(13)), "At most 12 spellings"),
        (f"Kyiv\n{'x' * 101}", "At most 12 spellings, of 100 characters"),
    ],
)
def test_what_says_nothing_or_is_listed_already_is_refused(typed: str, said: str) -> None:
    Spelling.objects.create(forms="Odessa\nOdesa")

    response = logged_in().post(ADD, {"forms": typed})

    assert said in response.content.decode()
    assert Spelling.objects.count() == 1
