"""Many people save the same headline at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from articles.models import Article
from newsroom.models import User
from tests.desk import ADD, logged_in, typed
from tests.factories import make_section, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
N_AT_ONCE = 40  # connections that the database has to spare


def test_a_hundred_saves_of_one_headline_get_a_hundred_addresses() -> None:
    make_section("Europe")
    people = [make_user("editor") for _ in range(100)]
    form = typed(headline="Talks 2", tag_list="brand new")

    def save(user: User) -> int:
        try:
            client: Client = logged_in(user)
            return client.post(ADD, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(N_AT_ONCE) as pool:
        answers = list(pool.map(save, people))

    assert set(answers) == {302}
    slugs = set(Article.objects.values_list("slug", flat=True))
    assert slugs == {"talks-2", *(f"talks-2-{n}" for n in range(2, 101))}
