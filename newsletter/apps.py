from typing import Any

from django.apps import AppConfig

from articles.signals import renditions_unused


class NewsletterConfig(AppConfig):
    name = "newsletter"

    def ready(self) -> None:
        renditions_unused.connect(is_mailed, dispatch_uid="newsletter.pictures")


def is_mailed(token: str, **kwargs: Any) -> bool:
    """Whether a letter that has left shows these pictures; readers keep letters for years."""
    from newsletter.models import Issue  # noqa: PLC0415  models load after the apps

    return Issue.objects.filter(html__contains=f"/photos/{token}/").exists()
