"""Makes `common` known to Django."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The Django app `common`: shared template tags and pages, no tables."""

    name = "aanspreekpunt.common"
