from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from newsletter import webhooks
from newsroom import views

handler500 = "newsroom.views.server_error"
handler404 = "newsroom.views.not_found"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    re_path(
        r"^media/photos/(?P<token>[\w-]{8,24})/(?P<name>[\w-]{1,20})\.(?P<extension>avif|webp|jpg)$",
        views.rendition,
        name="rendition",
    ),
    path("", include("donations.urls")),
    path("", include("newsletter.urls")),
    path("", include("articles.urls")),
]
if settings.MAIL_TELLER:
    urlpatterns.insert(0, path("mail/events/", include(webhooks.urls(settings.MAIL_TELLER))))
