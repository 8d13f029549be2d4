"""How uploads reach the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from newsroom.lib.pictures import MAX_BYTES


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps only as much of an upload as we would take; the form then sees that it was larger."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start > MAX_BYTES:
            return None
        return super().receive_data_chunk(raw_data, start)
