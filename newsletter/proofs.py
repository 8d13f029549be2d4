"""A round-up as a letter to staff, before anybody approves it."""

from django.db import transaction

from newsletter import freezing, mail, rendering
from newsletter.models import Issue
from newsroom.models import User

MOST = 5  # people
INERT = "test"  # in the place of a token: the links open pages that say they are not valid


def send(issue_id: int, user_ids: list[int], stamp: int) -> None:
    """Mail the round-up as it stands to these people; then this version counts as tested.

    stamp: tells one test from the next of the same version, and is the same when it is repeated.
    """
    with transaction.atomic():  # the row's lock keeps the text and its version together
        issue = Issue.objects.select_for_update().filter(pk=issue_id).first()
        if issue is None:
            return
        if issue.is_draft:
            issue.counts_clicks = False  # only readers' are counted; the counter knows no drafts
            freezing.freeze(issue)
    people = User.objects.filter(pk__in=user_ids, is_staff=True, is_active=True)
    letters = [letter_to(user, issue, stamp) for user in people.exclude(email="")]
    if letters:
        mail.send(letters)
        Issue.objects.filter(pk=issue_id).update(tested_version=issue.version)


def letter_to(user: User, issue: Issue, stamp: int) -> mail.Letter:
    links = {
        "leave": mail.url("leave", INERT),
        "preferences": mail.url("preferences", INERT),
        "archive": mail.url("issue_list"),
    }
    return mail.letter(
        to=user.email,
        subject=f"Test: {issue.subject}",
        text=rendering.personal(issue.plain, **links),
        html=rendering.personal(issue.html, **links),
        message_id=f"test-{issue.pk}-{user.pk}-{stamp}",
        leave_token=INERT,
    )
