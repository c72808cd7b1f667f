"""Makes `catalogue` known to Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The Django app `catalogue`."""

    name = "aanspreekpunt.catalogue"
    default_auto_field = "django.db.models.BigAutoField"
