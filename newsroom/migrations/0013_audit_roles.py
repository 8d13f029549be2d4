"""Administrators see all that was noted; others the history of what they see anyway."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("newsroom")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for administrators in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        administrators.permissions.add(permission(apps))


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for administrators in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        administrators.permissions.remove(permission(apps))


def permission(apps: StateApps) -> Any:
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get(content_type__app_label="newsroom", codename="view_auditentry")


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0012_audit_people")]
    operations = [migrations.RunPython(extend_roles, take_back)]
