"""The desk's screens for the newsletter, by noun."""

from newsletter.admin import issues

__all__ = ["issues"]
