"""What each role may do with the newsletter."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROUND_UP = ["add_issue", "change_issue", "delete_issue", "view_issue"]
ROLES = {
    "newsletter editor": [
        *ROUND_UP,
        "approve_issue",
        "send_issue",
        *("add_segment", "change_segment", "delete_segment", "view_segment"),
        *("add_subscriber", "change_subscriber", "view_subscriber", "import_subscribers"),
        *("add_import", "view_import", "view_suppression"),
        *("change_newsletter", "view_newsletter"),
    ],
    "editor": ["view_issue", "approve_issue"],
    "administrator": None,  # everything
}


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("newsletter")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for name, codenames in ROLES.items():
        permissions = newsletter_permissions(apps)
        if codenames is not None:
            permissions = permissions.filter(codename__in=codenames)
        apps.get_model("auth", "Group").objects.get(name=name).permissions.add(*permissions)


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*newsletter_permissions(apps))


def newsletter_permissions(apps: StateApps) -> Any:
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.filter(content_type__app_label="newsletter")


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_limit"), ("newsletter", "0001_initial")]
    operations = [migrations.RunPython(extend_roles, take_back)]
