"""Makes `knowledge` known to Django."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """The Django app `knowledge`."""

    name = "aanspreekpunt.knowledge"
    default_auto_field = "django.db.models.BigAutoField"
