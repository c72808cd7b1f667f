"""Makes `demo` known to Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The Django app `demo`."""

    name = "aanspreekpunt.demo"
    default_auto_field = "django.db.models.BigAutoField"
