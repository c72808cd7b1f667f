"""Makes `queues` known to Django."""

from django.apps import AppConfig


class QueuesConfig(AppConfig):
    """The Django app `queues`."""

    name = "aanspreekpunt.queues"
    default_auto_field = "django.db.models.BigAutoField"
