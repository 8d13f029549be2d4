from django.db import models
from django.db.models import Func


class WordCount(Func):
    """Words in an HTML column: what stands between spaces, tags and lone dashes left out.

    Splitting is twice as fast as counting matches; it is most of what writing a piece costs.
    """

    template = (
        r"cardinality(array_remove(array_remove(array_remove(array_remove(string_to_array("
        r"translate(regexp_replace(%(expressions)s, '<[^>]*>|&nbsp;', ' ', 'g'), "
        r"E'\n\t\u00a0', '   '), ' '), ''), '-'), '–'), '—'))"
    )
    output_field = models.PositiveIntegerField()
