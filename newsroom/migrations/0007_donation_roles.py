"""Who runs appeals, who may stop them, and who says where they may lead."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SEE = [
    f"view_{name}"
    for name in ("appeal change claim count donationhost goal pause rules taxwording total".split())
]
WRITE = [f"{action}_{name}" for action in ("add", "change") for name in ("appeal", "claim", "goal")]
RUN = ["run_appeal", "switch_appeals", "change_rules", "add_taxwording", "add_total"]
PAUSE = ["add_pause", "change_pause", "delete_pause"]
ROLES = {
    "fundraiser": [*SEE, *WRITE, *RUN, *PAUSE, "delete_appeal", "delete_claim"],
    "editor": [*SEE, *PAUSE, "switch_appeals"],
    "newsletter editor": ["view_appeal"],
}


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("donations")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="donations"
    )
    groups = apps.get_model("auth", "Group").objects
    for name, codenames in ROLES.items():
        for group in groups.filter(name=name):
            group.permissions.add(*permissions.filter(codename__in=codenames))
    for administrators in groups.filter(name="administrator"):
        administrators.permissions.add(*permissions)


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="donations"
    )
    names = [*ROLES, "administrator"]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=names):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_sending_roles"), ("donations", "0001_initial")]
    operations = [migrations.RunPython(extend_roles, take_back)]
