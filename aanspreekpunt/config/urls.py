"""All addresses: residents at the front door, employees under `desk/`."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.i18n import set_language

from aanspreekpunt.config.health import show_live, show_ready
from aanspreekpunt.config.metrics import show_metrics
from aanspreekpunt.config.theme import show_theme

urlpatterns = [
    path("health/live", show_live, name="health-live"),
    path("health/ready", show_ready, name="health-ready"),
    path("metrics", show_metrics, name="metrics"),
    path("language", set_language, name="set_language"),
    path("huisstijl/<str:name>", show_theme, name="theme"),
    path("desk/", include("aanspreekpunt.desk.urls")),
    path("", include("aanspreekpunt.api.klantinteracties.urls")),
    path("", include("aanspreekpunt.portal.urls")),
]
if settings.IS_DEMO or settings.IS_TEST:
    urlpatterns.insert(0, path("demo/", include("aanspreekpunt.demo.urls")))

handler403 = "aanspreekpunt.portal.views.pages.not_allowed"
handler404 = "aanspreekpunt.portal.views.pages.not_found"
handler500 = "aanspreekpunt.portal.views.pages.went_wrong"
