"""Makes `desk` known to Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The Django app `desk`."""

    name = "aanspreekpunt.desk"
    default_auto_field = "django.db.models.BigAutoField"
