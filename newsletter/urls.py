from django.urls import path

from newsletter.views import leaving, preferences, sign_up

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
]
