"""Names that are spelt in several ways, for the reader's search."""

from django.contrib import admin

from articles.forms.spelling import SpellingForm
from articles.models import Spelling
from newsroom.lib.meeting import MeetingAdmin


@admin.register(Spelling)
class SpellingAdmin(MeetingAdmin):
    form = SpellingForm
    actions = None
    list_display = ["__str__"]
    search_fields = ["forms"]
    show_full_result_count = False
    fields = ["forms"]
