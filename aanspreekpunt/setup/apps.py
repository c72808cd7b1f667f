"""Makes `setup` known to Django."""

from django.apps import AppConfig


class SetupConfig(AppConfig):
    """The Django app `setup`."""

    name = "aanspreekpunt.setup"
    default_auto_field = "django.db.models.BigAutoField"
