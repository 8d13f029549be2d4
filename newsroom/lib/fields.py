"""Model fields that hold clean HTML, whatever was written to them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from newsroom.lib import html


class HtmlField(models.TextField):
    """Rich text; passes the cleaner on every way into the database, `update()` included."""

    cleaner: Callable[[str], str] = staticmethod(html.clean)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        try:
            value = self.cleaner(value or "")
        except html.TooLong as error:
            raise ValidationError(str(error)) from error
        return super().clean(value, model_instance)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = self.cleaner(value)
        return super().get_db_prep_save(value, connection)


class InlineHtmlField(HtmlField):
    """One line of rich text: emphasis and links."""

    cleaner = staticmethod(html.clean_inline)
