"""The desk's screens for the newsletter, by noun."""

from newsletter.admin import imports, issues, newsletter, segments, subscribers, suppressions

__all__ = ["imports", "issues", "newsletter", "segments", "subscribers", "suppressions"]
