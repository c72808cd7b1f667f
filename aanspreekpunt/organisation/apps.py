"""Makes `organisation` known to Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The Django app `organisation`."""

    name = "aanspreekpunt.organisation"
    default_auto_field = "django.db.models.BigAutoField"
