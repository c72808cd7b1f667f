"""Makes `search` known to Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The Django app `search`."""

    name = "aanspreekpunt.search"
    default_auto_field = "django.db.models.BigAutoField"
