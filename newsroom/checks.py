"""What an operator should know before readers come."""

from typing import Any

from django.conf import settings
from django.core.checks import Error
from django.core.checks import Warning as CheckWarning
from django.core.exceptions import ImproperlyConfigured

from newsroom.lib import dkim, outbox


def mail_leaves(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    """A site for others needs a mail server; letters would pile up in VAR_DIR unseen."""
    if settings.SITE_IS_LOCAL or settings.EMAIL_BACKEND != outbox.BACKEND:
        return []
    return [
        CheckWarning(
            "No mail server is set, so no letter leaves this site.",
            hint="Set EMAIL_URL; .env.example shows what it may be.",
            id="newsroom.W001",
        )
    ]


def mail_can_be_signed(app_configs: Any, **kwargs: Any) -> list[Error]:
    """What is set to sign letters with works; half of it would fail with the first letter."""
    try:
        dkim.signer()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint=".env.example shows what they may be.", id="newsroom.E001")]
    return []
