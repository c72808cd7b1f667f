"""Makes `subscriptions` known to Django."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """The Django app `subscriptions`."""

    name = "aanspreekpunt.subscriptions"
    default_auto_field = "django.db.models.BigAutoField"
