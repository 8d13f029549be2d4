"""Mail that goes nowhere: each letter a file, the newest kept, for people to read."""

import secrets
import time
from collections.abc import Sequence
from email import message_from_binary_file, policy
from email.message import EmailMessage as Parsed
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

BACKEND = "newsroom.lib.outbox.Outbox"
N_KEPT = 500


class Outbox(BaseEmailBackend):
    """Several processes may write at once; a letter is there whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns()}-{secrets.token_hex(4)}"
            new = folder() / f"{name}.new"
            new.touch(mode=0o600)
            new.write_bytes(message.message().as_bytes())
            new.rename(folder() / f"{name}.eml")
        for old in names()[N_KEPT:]:
            path(old).unlink(missing_ok=True)
        return len(email_messages)


def folder() -> Path:
    return cast("Path", settings.OUTBOX_DIR)


def path(name: str) -> Path:
    return folder() / f"{name}.eml"


def names() -> list[str]:
    """Newest first."""
    try:
        found = [file.stem for file in folder().iterdir() if file.suffix == ".eml"]
    except FileNotFoundError:
        return []
    return sorted(found, reverse=True)


def read(name: str) -> Parsed:
    """Raises FileNotFoundError if it is there no more."""
    with path(name).open("rb") as file:
        return message_from_binary_file(file, policy=policy.default)
