"""Steps for many pieces at once, from the list."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin import stepping
from articles.admin.state import state_of
from articles.models import Article
from articles.workflow import STEPS, Step

AT_ONCE = 100  # pieces; each has its own step, its own checks and its own entry in the log
N_NAMED = 10


def step_action(name: str) -> Callable[..., None]:
    """The list's action that takes the step `name` with each selected piece."""
    step = STEPS[name]

    @admin.action(description=step.label, permissions=[name])
    def take_all(model_admin: Any, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        chosen = list(queryset.order_by("pk")[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            words = f"Nothing was done: choose at most {AT_ONCE} pieces at once."
            messages.warning(request, words)
            return
        tell(request, step, [(one, refusal(step, one, request.user)) for one in chosen])

    take_all.__name__ = name
    return take_all


def refusal(step: Step, article: Article, by: Any) -> str:
    """Take `step` with `article`; why it was not taken, "" if it was."""
    if article.status not in step.sources:
        return f"it is {state_of(article).word.lower()}"
    try:
        done = stepping.take(step, article, by=by, note="", **stepping.planned(step, article))
    except stepping.NOT_TAKEN as error:
        return stepping.lower(str(error)).rstrip(".")
    return "" if article.status == step.target else stepping.lower(done).rstrip(".")


def tell(request: HttpRequest, step: Step, results: list[tuple[Article, str]]) -> None:
    """One message: what has happened to which, and why others were left."""
    done = [f"“{article}”" for article, why in results if not why]
    left = [f"“{article}” ({why})" for article, why in results if why]
    said = [f"{step.past}: {listed(done)}." if done else f"Nothing {stepping.lower(step.past)}."]
    said += [f"Left as they were: {listed(left)}."] if left else []
    messages.add_message(request, messages.WARNING if left else messages.SUCCESS, " ".join(said))


def listed(names: list[str]) -> str:
    more = len(names) - N_NAMED
    return ", ".join(names[:N_NAMED]) + (f" and {more} more" if more > 0 else "")


ACTIONS = [step_action(name) for name in ("submit", "approve", "publish", "unpublish")]


class BulkSteps(admin.ModelAdmin):
    """Who may take the steps of ACTIONS; with which piece is the services' question."""

    actions = ACTIONS

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(STEPS["submit"].permission)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(STEPS["approve"].permission)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(STEPS["publish"].permission)

    def has_unpublish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(STEPS["unpublish"].permission)
