"""A function for indexes: what a pattern finds in a text."""

from django.db import migrations

CREATE = """
CREATE FUNCTION newsroom_captures(body text, pattern text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT found[1] FROM regexp_matches(body, pattern, 'g') AS found)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0007_donation_roles"),
    ]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION newsroom_captures(text, text)"),
    ]
