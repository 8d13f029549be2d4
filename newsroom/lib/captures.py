"""An array of what a pattern finds in a text, by which the text can be indexed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField


class Captures(Func):
    """What the one group of `pattern` holds wherever it matches, repeats included.

    pattern: a regular expression of ours, as PostgreSQL understands it; part of the SQL, so that
    the database recognises the expression of an index.
    """

    template = "newsroom_captures(%(expressions)s, '%(pattern)s')"
    output_field = ArrayField(TextField())

    def __init__(self, expression: Any, pattern: str) -> None:
        super().__init__(expression, pattern=pattern.replace("'", "''").replace("%", "%%"))
