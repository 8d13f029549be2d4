from typing import Any

from django.apps import AppConfig, apps

from articles.signals import renditions_unused, tokens_given_away, used


class NewsletterConfig(AppConfig):
    name = "newsletter"

    def ready(self) -> None:
        renditions_unused.connect(is_mailed, dispatch_uid="newsletter.pictures")
        tokens_given_away.connect(tokens_in_letters, dispatch_uid="newsletter.tokens")
        used.connect(round_ups_with, dispatch_uid="newsletter.used")
        if apps.is_installed("anymail"):
            hear_provider()


def hear_provider() -> None:
    from anymail.signals import tracking  # noqa: PLC0415  an extra

    from newsletter.webhooks import note_event  # noqa: PLC0415  models load after the apps

    tracking.connect(note_event, dispatch_uid="newsletter.provider")


def is_mailed(token: str, **kwargs: Any) -> bool:
    """Whether a letter that has left shows these pictures; readers keep letters for years."""
    from newsletter.models import Issue  # noqa: PLC0415  models load after the apps

    return Issue.objects.showing(token).exists()


def round_ups_with(row: Any, **kwargs: Any) -> list[Any]:
    """The round-ups that hold a piece or show a photo, and the segments that a section makes."""
    from articles.models import Article, Photo, Section  # noqa: PLC0415  models load after the apps
    from newsletter.models import Issue, Segment  # noqa: PLC0415

    match row:
        case Photo():
            return list(Issue.objects.using_photo(row).without_texts())
        case Article():
            return list(Issue.objects.filter(items__article=row).without_texts())
        case Section():
            return list(Segment.objects.filter(sections=row))
    return []


def tokens_in_letters(photo: Any, **kwargs: Any) -> set[str]:
    """Under which tokens letters show `photo`; one that was cut anew since has another by now."""
    from newsletter.models import Issue  # noqa: PLC0415  models load after the apps

    return Issue.objects.tokens_of(photo)
