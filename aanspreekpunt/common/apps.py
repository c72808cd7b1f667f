"""Makes `common` known to Django."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The Django app `common`: shared template tags and pages, and the counts of long lists."""

    name = "aanspreekpunt.common"
    default_auto_field = "django.db.models.BigAutoField"
