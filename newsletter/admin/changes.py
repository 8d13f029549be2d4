"""What is done to a round-up while it is put together: one small address for each change."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from newsletter.admin import builder
from newsletter.admin.builder import Refused, allowed, change
from newsletter.forms.letter import FORMS, form_for
from newsletter.forms.pieces import AddForm, GroupForm, PlaceForm, SkipForm, item_form
from newsletter.forms.remembering import RememberingForm
from newsletter.models import Issue, Item
from newsletter.services import composing
from newsletter.services.composing import NotAllowed, Stale
from newsroom.lib.dates import spoken
from newsroom.models import User

UNSAVED = ["facts", "face", "memory", "remarks"]
GONE = "Somebody has taken this out of the round-up in the meantime."


@require_POST
@allowed("add_issue")
def draft(request: HttpRequest) -> HttpResponse:
    issue = composing.draft(by=user_of(request))
    if not issue.items.filter(kind=Item.Kind.ARTICLE).exists():
        since = spoken(issue.since)
        messages.warning(request, f"Nothing was published since {since}: there is no piece in it.")
    return redirect("admin:newsletter_issue_change", issue.pk)


# What it says of itself


@change("facts", "note", "memory", "remarks", "plain")
def edit(request: HttpRequest, issue: Issue, part: str) -> str:
    if part not in FORMS:
        raise Http404
    form = form_for(part, issue, request.POST)
    store(form, part, partial(composing.edit, issue, by=user_of(request)))
    return "Saved."


@change()
def take_in(request: HttpRequest, issue: Issue) -> str:
    n = composing.take_in(issue, by=user_of(request))
    return f"{n} {'piece' if n == 1 else 'pieces'} taken in; the cut-off is now."


@change()
def regroup(request: HttpRequest, issue: Issue) -> str:
    wanted = request.POST.get("grouping", "")
    if wanted not in Issue.Grouping:
        raise NotAllowed("Group by section or by format.")
    grouping = Issue.Grouping(wanted)
    composing.regroup(issue, by=user_of(request), grouping=grouping)
    return f"Grouped {grouping.label.lower()}."


@change()
def move_group(request: HttpRequest, issue: Issue) -> str:
    sent = sent_in(GroupForm(request.POST))
    composing.move_group(issue, by=user_of(request), group=sent["group"], up=is_up(request))
    return f"{sent['group']} moved {'up' if is_up(request) else 'down'}."


@change()
def rename_group(request: HttpRequest, issue: Issue) -> str:
    sent = sent_in(GroupForm(request.POST))
    composing.rename_group(issue, by=user_of(request), group=sent["group"], to=sent["name"])
    return f"{sent['group']} is called {sent['name']} now."


# What is in it


@change("facts", "said", "notes", "board", "skipped", "plain", "add")
def add_piece(request: HttpRequest, issue: Issue) -> str:
    form = AddForm(request.POST, auto_id="id_add_%s")
    if form.is_valid():
        try:
            composing.add_article(issue, by=user_of(request), **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            return f"“{form.cleaned_data['article']}” added."
    raise Refused(422, parts=["add"], bound={"add": form})


@change()
def add_block(request: HttpRequest, issue: Issue) -> str:
    kind = request.POST.get("kind", "")
    if kind not in {Item.Kind.TEXT, Item.Kind.APPEAL, Item.Kind.CORRECTIONS}:
        raise NotAllowed("Choose what to add.")
    item = composing.add_block(issue, by=user_of(request), kind=kind)
    return f"{item.get_kind_display()} added at the end; move it where it belongs."


@change()
def step(request: HttpRequest, issue: Issue, item: int) -> str:
    found = item_of(issue, item)
    composing.step(found, by=user_of(request), up=is_up(request))
    return f"“{found}” moved {'up' if is_up(request) else 'down'}."


@change()
def place(request: HttpRequest, issue: Issue, item: int) -> str:
    found, sent = item_of(issue, item), sent_in(PlaceForm(request.POST, issue=issue))
    composing.place(found, by=user_of(request), group=sent["group"], before=sent["before"])
    return f"“{found}” moved to {sent['group'] or 'the lead'}."


@change("facts", "face", "memory", "remarks", "plain")
def edit_item(request: HttpRequest, issue: Issue, item: int) -> str:
    found = item_of(issue, item)
    form = item_form(found, request.POST)
    store(form, f"item-{item}", partial(composing.edit_item, found, by=user_of(request)))
    return "Saved."


@change()
def skip(request: HttpRequest, issue: Issue, item: int) -> str:
    found, sent = item_of(issue, item), sent_in(SkipForm(request.POST))
    composing.skip(found, by=user_of(request), reason=sent["reason"])
    return f"“{found}” is skipped."


@change()
def unskip(request: HttpRequest, issue: Issue, item: int) -> str:
    found = item_of(issue, item)
    composing.unskip(found, by=user_of(request))
    return f"“{found}” is back in the round-up."


@change()
def remove(request: HttpRequest, issue: Issue, item: int) -> str:
    found = item_of(issue, item)
    composing.remove(found, by=user_of(request))
    return f"“{found}” removed."


@change("facts", "said", "face")
def seen(request: HttpRequest, issue: Issue, item: int) -> str:
    composing.mark_seen(item_of(issue, item), by=user_of(request))
    return "Noted: you have seen the change."


def store(form: RememberingForm, place: str, edit: Callable[..., object]) -> None:
    """Have `edit` store what was typed. Raises Refused with the form if it cannot be."""
    if not form.is_valid():
        raise Refused(422, parts=UNSAVED, bound={place: form})
    try:
        edit(was=form.was, **form.touched)
    except Stale as stale:
        form.lost, form.stored = stale.current, form.stored | stale.current
        raise Refused(409, parts=UNSAVED, bound={place: form}) from stale


def item_of(issue: Issue, pk: int) -> Item:
    found = Item.objects.select_related("issue", "article").filter(issue=issue, pk=pk).first()
    if found is None:
        raise NotAllowed(GONE)
    return found


def sent_in(form: forms.Form) -> dict[str, Any]:
    """What a form of names and places says; it is wrong only if a script sent it, or it is late."""
    if not form.is_valid():
        raise NotAllowed(" ".join(str(error) for found in form.errors.values() for error in found))
    return form.cleaned_data


def is_up(request: HttpRequest) -> bool:
    return request.POST.get("to") == "up"


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in


def addresses(wrap: Callable[[Callable], Callable]) -> list[URLPattern]:
    """Below admin/newsletter/issue/."""
    of_issue: list[Callable] = [
        builder.version,
        builder.parts,
        take_in,
        regroup,
        move_group,
        rename_group,
        add_piece,
        add_block,
    ]
    of_item: list[Callable] = [step, place, edit_item, skip, unskip, remove, seen]

    def address(folder: str, view: Callable, rest: str = "") -> URLPattern:
        route = f"{folder}{view.__name__.replace('_', '-')}/{rest}"
        return path(route, wrap(view), name=f"newsletter_issue_{view.__name__}")

    return [
        address("", draft),
        address("<int:pk>/", edit, "<str:part>/"),
        *(address("<int:pk>/", view) for view in of_issue),
        *(address("<int:pk>/items/<int:item>/", view) for view in of_item),
    ]
