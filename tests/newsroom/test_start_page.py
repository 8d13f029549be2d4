"""The start page asks as few questions of a full magazine as of an empty one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk import logged_in
from tests.factories import make_published, make_ready, make_user
from tests.factories_donations import make_live
from tests.factories_newsletter import make_issue

pytestmark = pytest.mark.django_db


def n_queries() -> int:
    client = logged_in(make_user("administrator"))
    client.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/admin/").status_code == 200
    return len(queries)


def test_queries_do_not_grow() -> None:
    for day in range(1, 4):
        make_live(priority=day)
        make_published()
        make_ready(published_at=timezone.now() + timedelta(days=day))
        make_issue(until=timezone.now() - timedelta(days=day))

        assert n_queries() == 12
