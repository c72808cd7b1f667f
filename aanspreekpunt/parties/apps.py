"""Makes `parties` known to Django."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """The Django app `parties`."""

    name = "aanspreekpunt.parties"
    default_auto_field = "django.db.models.BigAutoField"
