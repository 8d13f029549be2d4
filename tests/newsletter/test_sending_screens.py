"""The screens on which a round-up is approved, scheduled and watched."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article
from newsletter.models import Issue
from newsroom.models import Publication
from tests.desk import logged_in
from tests.factories import make_published, make_user
from tests.newsletter.sending import ROLE, make_approved, make_scheduled, make_tested, send

pytestmark = pytest.mark.django_db
Status = Issue.Status
TWO_WEEKS = timedelta(days=14)
ACTIONS = ["approve", "test", "schedule", "cancel", "reopen"]


def url(issue: Issue, name: str) -> str:
    return f"/admin/newsletter/issue/{issue.pk}/{name}/"


def page(issue: Issue, name: str, client: Client | None = None) -> str:
    return (client or logged_in(role=ROLE)).get(url(issue, name)).content.decode()


def posted(issue: Issue, name: str, client: Client | None = None, **fields: object) -> str:
    client = client or logged_in(role=ROLE)
    return client.post(url(issue, name), fields, follow=True).content.decode()


def state(issue: Issue) -> str:
    return Issue.objects.values_list("status", flat=True).get(pk=issue.pk)


def test_approve_screen_shows_the_balance_and_what_is_missing() -> None:
    issue = make_tested()
    make_published("Forgotten", at=timezone.now() - timedelta(hours=2))

    shown = page(issue, "approve")

    assert "<b>2</b> published" in shown
    assert "<b>1</b> included" in shown
    assert "<b>1</b> missing" in shown
    assert "Forgotten" in shown


def test_approve_screen_says_why_not() -> None:
    shown = page(make_tested(tested_version=0), "approve")

    assert "No test was sent since the last edit" in shown
    assert "disabled>Approve and freeze" in shown


def test_approving_leads_to_the_schedule() -> None:
    issue = make_tested()

    shown = posted(issue, "approve")

    assert state(issue) == Status.APPROVED
    assert "Approved. From here on, nothing in it changes." in shown
    assert "It goes to <b>1</b> subscriber" in shown


def test_whoever_may_only_approve_sees_no_schedule() -> None:
    assert 'name="recipients"' not in page(make_approved(), "status", logged_in(role="editor"))


def test_test_letters_are_left_to_the_worker() -> None:
    issue, ann = make_tested(), make_user(ROLE, email="ann@example.org")

    shown = posted(issue, "test", to=[ann.pk])

    job = ProcrastinateJob.objects.get(task_name="newsletter.send_proofs")
    assert job.args["user_ids"] == [ann.pk]
    assert "A test is on its way to ann@example.org." in shown


def test_somebody_who_is_not_staff_cannot_be_chosen() -> None:
    issue, ann = make_tested(), make_user(ROLE, email="ann@example.org")
    type(ann).objects.filter(pk=ann.pk).update(is_staff=False)

    posted(issue, "test", to=[ann.pk])

    assert not ProcrastinateJob.objects.filter(task_name="newsletter.send_proofs").exists()


def test_a_wrong_number_is_told_and_what_was_typed_stays() -> None:
    issue = make_approved(3)

    shown = posted(issue, "schedule", at_0="2044-12-06", at_1="05:45", recipients="4")

    assert state(issue) == Status.APPROVED
    assert "It goes to 3 subscribers, not 4. Type 3." in shown
    assert 'value="2044-12-06"' in shown


def test_the_time_is_the_publications() -> None:
    issue = make_approved()
    Publication.objects.update(time_zone="America/New_York")

    shown = posted(issue, "schedule", at_0="2044-12-06", at_1="05:45", recipients="1")

    assert state(issue) == Status.SCHEDULED
    assert "To be sent Tue 6 Dec 2044, 5:45 a.m. EST." in shown


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    issue = make_approved()
    Publication.objects.update(time_zone="Europe/Berlin")

    shown = posted(issue, "schedule", at_0="2027-03-28", at_1="02:30", recipients="1")

    assert state(issue) == Status.APPROVED
    assert "The clocks skip 02:30 on 28 March 2027" in shown


def test_its_own_button_sends_it_at_once() -> None:
    issue = make_approved()

    posted(issue, "schedule", recipients="1", at_once="1")

    assert Issue.objects.due(timezone.now()).get() == issue


def test_a_time_left_empty_sends_nothing() -> None:
    issue = make_approved()

    shown = posted(issue, "schedule", recipients="1")

    assert state(issue) == Status.APPROVED
    assert "Choose a date and a time" in shown


def test_a_press_that_comes_after_the_start_is_told_so() -> None:
    issue = make_scheduled()
    send(issue)

    assert "It is on its way already." in posted(issue, "schedule", recipients="1", at_once="1")


def test_cancel_and_take_back() -> None:
    issue = make_scheduled(at=timezone.now() + TWO_WEEKS)

    posted(issue, "cancel")
    assert state(issue) == Status.APPROVED
    posted(issue, "reopen")
    assert state(issue) == Status.DRAFT


def test_status_screen_says_what_is_in_the_way() -> None:
    issue = make_scheduled(at=timezone.now() + TWO_WEEKS)
    Article.objects.update(status=Article.Status.DRAFT)

    assert "Readers can no longer open “The piece”. Take the approval back" in page(issue, "status")


def test_what_was_sent_today_is_not_in_the_way_of_another_day() -> None:
    send(make_scheduled())
    issue = Issue.objects.get()
    issue.pk, issue.status, issue.published_on = None, Status.SCHEDULED, None
    issue.send_at = timezone.now() + TWO_WEEKS
    issue.save()

    assert "is out already" not in page(issue, "status")


def test_status_screen_says_when_nothing_starts_it() -> None:
    issue = make_scheduled()
    Issue.objects.update(send_at=timezone.now() - timedelta(minutes=5))

    shown = page(issue, "status")
    assert "Its time has come, and nothing has started it. No sender is running" in shown


def test_start_page_says_when_a_round_up_has_not_left() -> None:
    issue = make_scheduled()
    assert "has not" not in logged_in(role=ROLE).get("/admin/").content.decode()

    Issue.objects.update(send_at=timezone.now() - timedelta(minutes=5))

    shown = logged_in(role=ROLE).get("/admin/").content.decode()
    assert "“What happened” was to leave" in shown
    assert url(issue, "status") in shown


def test_status_screen_shows_what_has_changed_since() -> None:
    issue = make_approved()
    Article.objects.update(headline="The piece, rewritten")

    assert "<ins>piece, rewritten</ins>" in page(issue, "status")


@pytest.mark.parametrize("role", ["writer", "fundraiser"])
def test_other_roles_reach_nothing(role: str) -> None:
    issue, client = make_approved(), logged_in(role=role)
    names = [*ACTIONS, "status"]

    for method in (client.get, client.post):
        answers = {name: method(url(issue, name)).status_code for name in names}
        assert answers == dict.fromkeys(names, 403)
    assert state(issue) == Status.APPROVED


def test_getting_an_action_does_nothing() -> None:
    issue, desk = make_scheduled(at=timezone.now() + TWO_WEEKS), logged_in(role=ROLE)
    names = ["test", "schedule", "cancel", "reopen"]

    answers = {name: desk.get(url(issue, name)).status_code for name in names}

    assert answers == dict.fromkeys(names, 405)
    assert state(issue) == Status.SCHEDULED


def test_whoever_may_not_send_cannot() -> None:
    issue = make_approved()

    response = logged_in(role="editor").post(url(issue, "schedule"), {"recipients": "1"})

    assert response.status_code == 403
    assert state(issue) == Status.APPROVED


def test_status_screen_looks_again_as_often_as_something_changes() -> None:
    issue = make_scheduled(at=timezone.now() + TWO_WEEKS)
    assert 'data-refresh="20"' in page(issue, "status")

    Issue.objects.update(send_at=timezone.now())
    assert 'data-refresh="3"' in page(issue, "status")

    send(issue)
    assert "data-refresh" not in page(issue, "status")
