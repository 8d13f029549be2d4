"""The desk's lists and forms for people and settings, by noun."""

from newsroom.admin import audit, people, publication

__all__ = ["audit", "people", "publication"]
