"""Makes `suggestions` known to Django."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """The Django app `suggestions`."""

    name = "aanspreekpunt.suggestions"
    default_auto_field = "django.db.models.BigAutoField"
