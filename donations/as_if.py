"""The board as it would be with an appeal that is not on it."""

from datetime import datetime

from django.db.models import Min, Q

from donations import board
from donations.models import Appeal, Board, DonationHost
from newsroom.models import Publication


def whole(pk: int) -> Appeal | None:
    """An appeal with all that readers would meet of it; 2 queries."""
    rows = Appeal.objects.select_related("goal", "tax_wording").prefetch_related("variants")
    return (
        rows.annotate(valid_until=Min("variants__ties__claim__valid_until")).filter(pk=pk).first()
    )


def live(row: Appeal) -> board.Appeal:
    """`row`, out of `whole`, as readers would meet it; 2 queries."""
    hosts = {host.host: host for host in DonationHost.objects.all()}
    valid_until = row.valid_until  # type: ignore[attr-defined]  # see `whole`
    return board.appeal(row, valid_until, hosts, Publication.current_zone())


def content(at: datetime) -> board.Content:
    """What readers meet, or would meet where nobody has used appeals yet; 1 query, else 6.

    Unlike `board.read`, it waits for a busy database: the desk has time.
    """
    kept = Board.objects.values_list("content", flat=True).first()
    return board.loaded(kept) if kept else board.build(at)


def with_live(found: board.Content, row: Appeal) -> board.Content:
    """`found` with `row` in its turn; `found` itself if it is there already. 3 queries."""
    here = [appeal["id"] for appeal in found["appeals"]]
    if row.pk in here:
        return found
    order = Appeal.objects.filter(Q(pk__in=here) | Q(pk=row.pk)).in_order()
    turn = [*order.values_list("pk", flat=True)].index(row.pk)
    appeals = [*found["appeals"][:turn], live(row), *found["appeals"][turn:]]
    return {**found, "appeals": appeals}
