#!/usr/bin/env python
"""Django's command line for Newsroom; what the operator can mend is said in one sentence."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from newsroom.lib.embedded.server import EmbeddedError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        django.setup()  # a wrong setting is told before any command does something
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EmbeddedError) as error:
        sys.exit(f"Newsroom: {error}")


if __name__ == "__main__":
    main()
