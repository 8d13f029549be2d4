"""How uploads reach the disk."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from newsroom.lib.pictures import MAX_BYTES

View = TypeVar("View", bound=Callable[..., Any])


def takes_uploads(max_bytes: int, *, permission: str) -> Callable[[View], View]:
    """A view to which those with `permission` may send larger files than anywhere else."""

    def note(view: View) -> View:
        view.room_for_uploads = (max_bytes, permission)  # type: ignore[attr-defined]
        return view

    return note


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps only as much of an upload as we would take; the form then sees that it was larger."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start > self.max_bytes:
            return None
        return super().receive_data_chunk(raw_data, start)

    @cached_property
    def max_bytes(self) -> int:
        """By the view that the request is for; asked before it runs, so it looks for itself."""
        request = self.request
        view = request.resolver_match.func if request and request.resolver_match else None
        room, permission = getattr(view, "room_for_uploads", (MAX_BYTES, ""))
        if request and permission and not request.user.has_perm(permission):
            return MAX_BYTES
        return int(room)
