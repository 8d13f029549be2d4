"""Who sees what became of each letter, and who says how fast a domain gets them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

LIMITS = ["add_domainlimit", "change_domainlimit", "delete_domainlimit", "view_domainlimit"]
NEW = [*LIMITS, "view_delivery", "view_bounce"]
ROLES = ["newsletter editor", "administrator"]


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("newsletter")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="newsletter", codename__in=NEW
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*permissions)


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="newsletter", codename__in=NEW
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0005_newsletter_roles"), ("newsletter", "0005_former_ledger")]
    operations = [migrations.RunPython(extend_roles, take_back)]
