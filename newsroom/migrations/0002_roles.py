"""The roles of the staff, as groups."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WRITE = ["add_article", "change_article", "view_article", "add_photo", "view_photo", "add_tag"]
LOOK_UP = [
    f"view_{name}" for name in ("contributor", "format", "section", "series", "tag", "topicbox")
]
EDIT = [
    f"{action}_{name}"
    for action in ("add", "change", "delete", "view")
    for name in ("article", "contributor", "notice", "page", "photo", "series", "tag", "topicbox")
]
ROLES = {
    "writer": [*WRITE, *LOOK_UP],
    "editor": [
        *WRITE,
        *LOOK_UP,
        *EDIT,
        "publish_article",
        "change_frontpage",
        "view_frontpage",
        "view_publication",
    ],
    "newsletter editor": ["view_article", "view_photo", *LOOK_UP],
    "fundraiser": ["view_article", "view_photo", *LOOK_UP],
}
APPS = ["newsroom", "articles"]


def create_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for label in APPS:
        config = apps.get_app_config(label)
        config.models_module = migrations  # or create_permissions passes over the historical app
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label__in=APPS
    )
    for name, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions.filter(codename__in=codenames))
    administrators, _ = Group.objects.get_or_create(name="administrator")
    administrators.permissions.set(permissions)


def remove_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=[*ROLES, "administrator"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0001_initial"),
        ("articles", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_roles, remove_roles)]
