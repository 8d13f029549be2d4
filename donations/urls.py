from django.urls import path

from donations import webhooks
from donations.views import beacon, readers

app_name = "donations"
urlpatterns = [
    path("appeals/", readers.about, name="about"),
    path("appeals/count/", beacon.count, name="count"),
    path("appeals/goals/<slug:slug>/", webhooks.total, name="total"),
    path("donate-thanks/<token>/", readers.thanks, name="thanks"),
]
