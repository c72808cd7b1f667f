"""Makes `tokens` known to Django."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """The Django app `tokens`."""

    name = "aanspreekpunt.tokens"
    default_auto_field = "django.db.models.BigAutoField"
