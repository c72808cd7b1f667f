"""Makes `imports` known to Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The Django app `imports`."""

    name = "aanspreekpunt.imports"
    default_auto_field = "django.db.models.BigAutoField"
