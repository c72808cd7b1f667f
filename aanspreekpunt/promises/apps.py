"""Makes `promises` known to Django."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """The Django app `promises`."""

    name = "aanspreekpunt.promises"
    default_auto_field = "django.db.models.BigAutoField"
