"""From one state to the next: allowed, refused, repeated, logged."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import services, workflow
from articles.models import Article, Transition
from newsroom.models import User
from tests.factories import make_article, make_published, make_ready, make_user

pytestmark = pytest.mark.django_db
Status = Article.Status
SERVICES: dict[str, Any] = {
    "submit": services.submit,
    "recall": services.recall,
    "return": services.return_to_writer,
    "approve": services.approve,
    "publish": services.publish,
    "reschedule": lambda article, **how: services.reschedule(article, at=timezone.now(), **how),
    "unpublish": services.unpublish,
    "kill": services.kill,
    "reword": lambda article, **how: services.reword(article, notice="Gone", **how),
    "revive": services.revive,
}
WRITER = {"submit", "recall"}
EDITOR = {*WRITER, "return", "approve", "publish", "reschedule", "unpublish"}
MAY = {"writer": WRITER, "editor": EDITOR, "administrator": {*EDITOR, "kill", "reword", "revive"}}


def in_state(status: str, **fields: Any) -> Article:
    article = make_ready(**fields)
    services.publish(article, by=None)
    Article.objects.filter(pk=article.pk).update(status=status)
    article.refresh_from_db()
    return article


def test_every_step_has_a_service() -> None:
    assert SERVICES.keys() == workflow.STEPS.keys()


@pytest.mark.parametrize("role", ["writer", "editor", "administrator", "fundraiser"])
def test_each_role_takes_its_steps_and_no_other(role: str) -> None:
    user = make_user(role)
    for action, step in workflow.STEPS.items():
        article = in_state(step.sources[0], created_by=user)
        if action in MAY.get(role, set()):
            assert SERVICES[action](article, by=user, note="Because"), action
            assert article.status == step.target
        else:
            with pytest.raises(services.NotAllowed):
                SERVICES[action](article, by=user, note="Because")


def test_steps_begin_nowhere_but_where_they_begin() -> None:
    for action, step in workflow.STEPS.items():
        for status in set(Status) - set(step.sources):
            article = in_state(status)
            assert not SERVICES[action](article, by=None, note="Because"), (action, status)
            assert Article.objects.get(pk=article.pk).status == status
    assert set(Transition.objects.values_list("action", flat=True)) <= {"publish"}


def test_writer_sends_no_piece_of_somebody_else_to_review() -> None:
    article = make_article(created_by=make_user("writer"))

    with pytest.raises(services.NotAllowed):
        services.submit(article, by=make_user("writer"))


def test_each_step_is_logged_with_who_and_why() -> None:
    article, editor = make_article(), make_user(first_name="Eve", last_name="Example")
    services.submit(article, by=editor)

    services.return_to_writer(article, by=editor, note=" Needs a source. ")

    entry = article.transitions.first()
    assert entry is not None
    assert (entry.action, entry.from_status, entry.to_status) == ("return", "review", "draft")
    assert (entry.by, entry.note) == (editor, "Needs a source.")


@pytest.mark.parametrize("action", ["return", "kill", "reword", "revive"])
def test_some_steps_need_a_reason(action: str) -> None:
    article = in_state(workflow.STEPS[action].sources[0])

    with pytest.raises(services.NoteMissing):
        SERVICES[action](article, by=None, note="  ")

    assert not Transition.objects.filter(action=action).exists()


def test_second_of_two_does_nothing() -> None:
    article = make_article()
    same = Article.objects.get(pk=article.pk)

    assert services.submit(article, by=None)
    assert not services.submit(same, by=None)
    assert Transition.objects.count() == 1


def test_demoted_editor_publishes_nothing_any_more() -> None:
    editor = make_user("editor")
    editor.groups.clear()

    with pytest.raises(services.NotAllowed):
        services.publish(make_ready(), by=User.objects.get(pk=editor.pk))


def test_piece_goes_at_its_second_with_nothing_running() -> None:
    now = timezone.now()
    article = make_ready()
    end = now + timedelta(hours=1)

    services.publish(article, by=None, at=now, until=end)

    assert article in Article.objects.public(end - timedelta(seconds=1))
    assert article not in Article.objects.public(end)
    assert article in Article.objects.gone(end)
    assert article.is_public(now)
    assert article.is_over(end)
    assert not article.is_public(end)


def test_end_before_the_publication_is_refused_by_the_database() -> None:
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_published(at=now, published_until=now)


def test_killed_piece_is_on_no_list_and_can_come_back_as_a_draft() -> None:
    article = make_published()

    services.kill(article, by=None, note="Wrong", notice="<b>Withdrawn</b><script>x</script>")

    assert not Article.objects.public().exists()
    assert list(Article.objects.gone()) == [article]
    assert article.kill_notice == "<strong>Withdrawn</strong>"
    assert services.revive(article, by=None, note="Legal says yes")
    assert (article.status, article.kill_notice) == (Status.DRAFT, "")
