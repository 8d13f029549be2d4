"""Editors and administrators say what is spelt in several ways."""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ROLES = ["editor", "administrator"]


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("articles")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions(apps))


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


def permissions(apps: StateApps) -> tuple[Any, ...]:
    wanted = {"content_type__app_label": "articles", "content_type__model": "spelling"}
    return tuple(apps.get_model("auth", "Permission").objects.filter(**wanted))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0016_audit_rights"), ("articles", "0029_spelling")]
    operations = [migrations.RunPython(extend_roles, take_back)]
