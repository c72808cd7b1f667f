"""Makes `journal` known to Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The Django app `journal`."""

    name = "aanspreekpunt.journal"
    default_auto_field = "django.db.models.BigAutoField"
