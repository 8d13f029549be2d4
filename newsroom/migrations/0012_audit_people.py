"""Notes what changes in accounts, roles and the publication's facts."""

from django.db import migrations

from newsroom.lib.audit import watch

USER = {"part_of": "newsroom_user", "key": "user_id"}
ROLE = {"part_of": "auth_group", "key": "group_id"}
PUBLICATION = {"part_of": "newsroom_publication", "key": "publication_id"}


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0011_audit"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        watch("newsroom_user", names=["username"], unwatched=["last_login"], secret=["password"]),
        watch("newsroom_user_groups", names=["group_id"], **USER),
        watch("newsroom_user_user_permissions", names=["permission_id"], **USER),
        watch("auth_group", names=["name"]),
        watch("auth_group_permissions", names=["permission_id"], **ROLE),
        watch("newsroom_publication", names=["name"]),
        watch("newsroom_sociallink", names=["label"], **PUBLICATION),
    ]
