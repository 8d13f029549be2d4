"""Which gateway letters go through: what EMAIL_URL says."""

from django.conf import settings

from newsletter.sending.backend import BackendGateway
from newsletter.sending.gateway import Gateway
from newsletter.sending.smtp import SmtpGateway

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def open_gateway() -> Gateway:
    """A gateway for one thread; it connects with its first letter."""
    return SmtpGateway() if settings.EMAIL_BACKEND == SMTP else BackendGateway()
