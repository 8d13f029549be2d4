"""What changes what we publish, who may, and what follows."""

from articles.services.correcting import NotPublic, Superseded, correct
from articles.services.partnering import note_fetch, renew
from articles.services.placing import replace_picks, replace_pins
from articles.services.publishing import (
    NotAllowed,
    NoteMissing,
    NotReady,
    approve,
    kill,
    publish,
    recall,
    reschedule,
    return_to_writer,
    revive,
    reword,
    submit,
    unpublish,
)
from articles.services.restoring import SavedSince, put, restore
from articles.services.sharing import count_view, revoke, share
from articles.services.slugs import free_slug
from articles.services.tagging import tags_named
from articles.services.writing import Belongings, twin, write

__all__ = [
    "Belongings",
    "NotAllowed",
    "NotPublic",
    "NotReady",
    "NoteMissing",
    "SavedSince",
    "Superseded",
    "approve",
    "correct",
    "count_view",
    "free_slug",
    "kill",
    "note_fetch",
    "publish",
    "put",
    "recall",
    "renew",
    "replace_picks",
    "replace_pins",
    "reschedule",
    "restore",
    "return_to_writer",
    "revive",
    "revoke",
    "reword",
    "share",
    "submit",
    "tags_named",
    "twin",
    "unpublish",
    "write",
]
