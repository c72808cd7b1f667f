"""Makes `questions` known to Django."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """The Django app `questions`."""

    name = "aanspreekpunt.questions"
    default_auto_field = "django.db.models.BigAutoField"
