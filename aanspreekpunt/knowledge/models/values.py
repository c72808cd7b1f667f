"""What differs per municipality and per year (fees, addresses, hours), each said in one place."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aanspreekpunt.organisation.models import Employee


class LocalValue(models.Model):
    """A place in texts, `{{ key }}`, that is filled in with what holds here and now."""

    class Kind(models.TextChoices):
        """What kind of thing it says."""

        TEXT = "text", _("Text")
        MONEY = "money", _("Amount of money")
        PHONE = "phone", _("Phone number")
        EMAIL = "email", _("E-mail address")
        URL = "url", _("Web address")
        HOURS = "hours", _("Opening hours")
        DAYS = "days", _("Term")
        DATE = "date", _("Date")
        NUMBER = "number", pgettext_lazy("kind of value", "Number")

    class Scope(models.TextChoices):
        """Who decides on it."""

        LOCAL = "local", _("Our municipality")
        NATIONAL = "national", _("The whole country")

    key = models.TextField(unique=True)
    label = models.TextField()
    label_en = models.TextField(blank=True)
    kind = models.TextField(choices=Kind.choices, default=Kind.TEXT)
    scope = models.TextField(choices=Scope.choices, default=Scope.LOCAL)
    theme = models.TextField(
        blank=True, default="", db_default="", help_text="what it is about, so that it is found among hundreds"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="value_key_fits_in_a_text",
                condition=Q(key__regex=r"^[a-z][a-z0-9_]*$"),
                violation_error_message="A name has small letters, digits and _ only, and begins with a letter.",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ValueText(models.Model):
    """What a local value says from a day on, until the next one begins."""

    value = models.ForeignKey(LocalValue, on_delete=models.CASCADE, related_name="texts")
    from_on = models.DateField(help_text="the first day on which it holds")
    text = models.TextField()
    text_en = models.TextField(blank=True, help_text="only where English differs")
    is_confirmed = models.BooleanField(default=True, help_text="no: an example that somebody still has to check")
    set_by_name = models.TextField(blank=True)
    set_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="value_text_once_a_day", fields=["value", "from_on"]),
            models.CheckConstraint(name="value_text_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
