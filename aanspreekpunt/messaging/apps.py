"""Makes `messaging` known to Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """The Django app `messaging`."""

    name = "aanspreekpunt.messaging"
    default_auto_field = "django.db.models.BigAutoField"
