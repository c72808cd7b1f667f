"""Makes `portal` known to Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The Django app `portal`."""

    name = "aanspreekpunt.portal"
    default_auto_field = "django.db.models.BigAutoField"
