"""The links in our mail; their value is a subscriber's id, and what else is said here."""

from datetime import timedelta

from newsroom.lib.tokens import Purpose

CONFIRM = Purpose("confirm", timedelta(hours=72))  # id and microseconds of the request, "7-1732…"
LEAVE = Purpose("leave")
RETURN = Purpose("return", timedelta(hours=1))  # made by the page that says goodbye
PREFERENCES = Purpose("preferences")
EXPORT = Purpose("export", timedelta(hours=1))  # made by the page of preferences
ERASE = Purpose("erase", timedelta(hours=1))
