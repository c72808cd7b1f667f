"""Makes `insights` known to Django."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The Django app `insights`."""

    name = "aanspreekpunt.insights"
    default_auto_field = "django.db.models.BigAutoField"
