"""Tags: what they are called, which pieces have them, and two that become one."""

from articles.services.tagging.bulk import add_to, bound_to, remove_from
from articles.services.tagging.locks import Busy, alone
from articles.services.tagging.merging import CannotMerge, Effects, effects, merge
from articles.services.tagging.naming import NameTaken, rename, replace_aliases, tags_named
from articles.services.tagging.parting import CannotPart, part

__all__ = [
    "Busy",
    "CannotMerge",
    "CannotPart",
    "Effects",
    "NameTaken",
    "add_to",
    "alone",
    "bound_to",
    "effects",
    "merge",
    "part",
    "remove_from",
    "rename",
    "replace_aliases",
    "tags_named",
]
