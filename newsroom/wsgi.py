"""The web server's way in: pages from memory, and Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django = get_wsgi_application()

from newsroom.pages.front import stand_before  # noqa: E402  the settings stand only now

application = stand_before(django)
