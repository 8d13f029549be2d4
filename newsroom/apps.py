from django.contrib.admin import apps as admin_apps
from django.core import checks

from newsroom.checks import mail_leaves


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site in the place of its own."""

    default = False  # of the module: the app `newsroom` itself needs no configuration
    default_site = "newsroom.desk.Desk"

    def ready(self) -> None:
        super().ready()
        checks.register(mail_leaves, deploy=True)
