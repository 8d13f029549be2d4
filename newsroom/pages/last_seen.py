"""The state of the site that this machine saw last, for a process that starts without its database.

Without it, nobody could tell which of the pages that are there may still be shown.
"""

import json
import time
from contextlib import suppress

from django.conf import settings

from newsroom.lib.generation import Generation
from newsroom.pages.shared import FORMER_FOR, replace

KEPT = ("number", "hard", "until", "ended", "began")


def keep(seen: Generation) -> None:
    """Safe to repeat, by several at once. On a full disk nothing is left, not what was before."""
    said = {name: getattr(seen, name) for name in KEPT}
    with suppress(OSError):
        settings.LAST_SEEN.unlink(missing_ok=True)
    replace(settings.LAST_SEEN, json.dumps(said).encode())


def last_seen() -> Generation | None:
    """None if that is more than a day ago: too much may have been withdrawn since."""
    try:
        if settings.LAST_SEEN.stat().st_mtime < time.time() - FORMER_FOR:
            return None
        return Generation(**json.loads(settings.LAST_SEEN.read_bytes()))
    except (OSError, TypeError, ValueError):
        return None
