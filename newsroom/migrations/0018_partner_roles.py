"""Feeds of partners are the administrators'."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NAMES = [f"{verb}_partnerfeed" for verb in ("view", "add", "change", "delete")]


def permissions(apps: StateApps) -> tuple[object, ...]:
    wanted = {"content_type__app_label": "articles", "codename__in": NAMES}
    return tuple(apps.get_model("auth", "Permission").objects.filter(**wanted))


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("articles")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for group in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        group.permissions.add(*permissions(apps))


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.all():
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0017_spelling_roles"), ("articles", "0033_partner_feed")]
    operations = [migrations.RunPython(extend_roles, take_back)]
