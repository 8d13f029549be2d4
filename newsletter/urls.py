from django.urls import path, register_converter

from newsletter import sitemaps
from newsletter.converters import IsoDayConverter
from newsletter.feeds import RoundUpFeed
from newsletter.views import archive, clicks, leaving, preferences, sign_up
from newsroom.lib.pages import kept

register_converter(IsoDayConverter, "iso_day")

app_name = "newsletter"
urlpatterns = [
    path("newsletter/", sign_up.signup, name="signup"),
    path("newsletter/ticket/", sign_up.ticket, name="ticket"),
    path("newsletter/asked/", sign_up.asked, name="asked"),
    path("newsletter/confirm/<token>/", sign_up.confirm, name="confirm"),
    path("newsletter/leave/<token>/", leaving.leave, name="leave"),
    path("newsletter/return/<token>/", leaving.come_back, name="come_back"),
    path("newsletter/preferences/<token>/", preferences.preferences, name="preferences"),
    path("newsletter/export/<token>/", preferences.export, name="export"),
    path("newsletter/erase/<token>/", preferences.erase, name="erase"),
    path("newsletter/archive/", archive.issue_list, name="issue_list"),
    path("newsletter/<iso_day:day>/", archive.issue_detail, name="issue_detail"),
    path("newsletter/go/<int:issue_id>/<int:link>/", clicks.go, name="go"),
    path("feeds/newsletter/", kept()(RoundUpFeed()), name="feed"),
    path("sitemap/newsletter.xml", sitemaps.sitemap_letters, name="sitemap_letters"),
]
