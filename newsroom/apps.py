from django.contrib.admin import apps as admin_apps


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our site in the place of its own."""

    default = False  # of the module: the app `newsroom` itself needs no configuration
    default_site = "newsroom.desk.Desk"
