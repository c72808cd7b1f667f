"""Makes `intake` known to Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The Django app `intake`."""

    name = "aanspreekpunt.intake"
    default_auto_field = "django.db.models.BigAutoField"
