from django.contrib import admin
from django.urls import include, path, re_path

from newsroom import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    re_path(
        r"^media/photos/(?P<token>[\w-]{8,24})/(?P<name>[\w-]{1,20})\.(?P<extension>avif|webp|jpg)$",
        views.rendition,
        name="rendition",
    ),
    path("", include("newsletter.urls")),
    path("", include("articles.urls")),
]
