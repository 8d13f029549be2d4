"""The web server's way in: pages from memory, and Django behind them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django = get_wsgi_application()

# The settings stand only now.
from django.db import connections  # noqa: E402

from newsroom.lib.patience import hurry  # noqa: E402
from newsroom.pages.front import stand_before  # noqa: E402

hurry(connections.settings["default"]["OPTIONS"])
application = stand_before(django)
