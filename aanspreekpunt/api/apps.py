"""Makes `api` known to Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The Django app `api`."""

    name = "aanspreekpunt.api"
    default_auto_field = "django.db.models.BigAutoField"
