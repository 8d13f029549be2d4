"""Who takes a piece from one state to the next; taxonomy is the administrators'."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EDIT = [f"{verb}_article" for verb in ("submit", "return", "approve", "unpublish")]
GAINED = {
    "writer": ["submit_article"],
    "editor": EDIT,
    "administrator": [*EDIT, "kill_article", "override_checks"],
}
TAXONOMY = [f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in ("series", "tag")]
LOST = {"editor": [name for name in TAXONOMY if name != "add_tag"]}


def extend_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    config = apps.get_app_config("articles")
    config.models_module = migrations  # or create_permissions passes over the historical app
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    change(apps, add=GAINED, remove=LOST)


def take_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    change(apps, add=LOST, remove=GAINED)


def change(apps: StateApps, *, add: dict[str, list[str]], remove: dict[str, list[str]]) -> None:
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles"
    )
    groups = apps.get_model("auth", "Group").objects
    for name, codenames in add.items():
        for group in groups.filter(name=name):
            group.permissions.add(*permissions.filter(codename__in=codenames))
    for name, codenames in remove.items():
        for group in groups.filter(name=name):
            group.permissions.remove(*permissions.filter(codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0008_captures"), ("articles", "0008_revision")]
    operations = [migrations.RunPython(extend_roles, take_back)]
