from typing import Any

from django.contrib.admin import apps as admin_apps
from django.core import checks

from articles.signals import rename_undone, renamed, used
from newsroom.checks import mail_can_be_signed, mail_leaves


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site in the place of its own."""

    default = False  # of the module: the app `newsroom` itself needs no configuration
    default_site = "newsroom.desk.Desk"

    def ready(self) -> None:
        super().ready()
        checks.register(mail_leaves, deploy=True)
        checks.register(mail_can_be_signed)
        renamed.connect(appeals_follow, dispatch_uid="newsroom.appeals")
        used.connect(appeals_with, dispatch_uid="newsroom.appeals_with")
        rename_undone.connect(appeals_return, dispatch_uid="newsroom.appeals_return")


def appeals_follow(sender: Any, *, was: str, now: str, by: Any, **kwargs: Any) -> dict[str, Any]:
    from donations.services import renaming  # noqa: PLC0415  models load after the apps

    part = sender._meta.model_name  # noqa: SLF001  # public
    return {"aims": renaming.follow(part, was, now, by=by)} if part in renaming.FIELDS else {}


def appeals_return(sender: Any, *, kept: Any, by: Any, **kwargs: Any) -> None:
    from donations.services import renaming  # noqa: PLC0415  models load after the apps

    renaming.take_back(kept.get("aims", []), by=by)


def appeals_with(sender: Any, *, row: Any, **kwargs: Any) -> list[Any]:
    from donations.services import renaming  # noqa: PLC0415  models load after the apps

    part = sender._meta.model_name  # noqa: SLF001  # public
    if part not in renaming.FIELDS:
        return []
    appeals, rules = renaming.saying(part, row.slug)
    return [*appeals, *rules]
