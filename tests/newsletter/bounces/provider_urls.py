"""The site's addresses as they are with a provider that tells of letters."""

from django.urls import include, path

from newsletter import webhooks

urlpatterns = [
    path("mailgun/", include(webhooks.urls("mailgun"))),
    path("sparkpost/", include(webhooks.urls("sparkpost"))),
    path("postmark/", include(webhooks.urls("postmark"))),
]
