"""Products and services: what people come for, who answers it, and in which term."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from aanspreekpunt.organisation.models import Team


class QuestionKind(models.TextChoices):
    """What someone wants when he asks something."""

    QUESTION = "question"
    REQUEST = "request"
    REPORT = "report"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    IDEA = "idea"


class UplName(models.Model):
    """A product in the Uniforme Productnamenlijst, the names that all of Dutch government shares."""

    name = models.TextField()
    uri = models.TextField(help_text="stays the same when a newer edition of the list changes the name")
    is_municipal = models.BooleanField(default=False, help_text="municipalities have it, among others perhaps")
    for_residents = models.BooleanField(default=False)
    for_businesses = models.BooleanField(default=False)
    sdg_areas = ArrayField(
        models.TextField(), default=list, help_text="areas of annex I of the Single Digital Gateway regulation"
    )
    is_listed = models.BooleanField(default=True, help_text="no: a newer edition of the list leaves it out")

    class Meta:
        constraints = [
            # Checked at the end, because in a newer edition names may change places.
            models.UniqueConstraint(name="upl_name_once", fields=["name"], deferrable=models.Deferrable.DEFERRED),
            models.UniqueConstraint(name="upl_address_once", fields=["uri"], deferrable=models.Deferrable.DEFERRED),
            models.CheckConstraint(
                name="upl_name_and_address_in_full",
                condition=~Q(name="") & ~Q(uri=""),
                violation_error_message="A name of the UPL has its web address with it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A product or service of the municipality, or of another body we know the way to."""

    class Role(models.TextChoices):
        """The role the municipality plays in it, so that a fine is not treated as a wish."""

        SERVES = "serves"
        MANAGES = "manages"
        ENFORCES = "enforces"
        GOVERNS = "governs"

    class NormKind(models.TextChoices):
        """How the term is counted."""

        WORKING_HOURS = "working_hours"
        WORKING_DAYS = "working_days"
        CALENDAR_DAYS = "calendar_days"

    key = models.SlugField(unique=True, max_length=80)
    name = models.TextField()
    name_en = models.TextField(blank=True)
    everyday_names = ArrayField(models.TextField(), default=list)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    upl_name = models.TextField(blank=True)
    upl_uri = models.TextField(blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="products")
    kind = models.TextField(choices=QuestionKind.choices, default=QuestionKind.QUESTION)
    role = models.TextField(choices=Role.choices, default=Role.SERVES)
    norm_kind = models.TextField(choices=NormKind.choices, default=NormKind.WORKING_DAYS)
    norm_amount = models.PositiveIntegerField(default=2)
    callback_norm_amount = models.PositiveIntegerField(default=16, help_text="working hours")
    costs = models.TextField(blank=True, help_text="may hold {{ local values }}, as the texts below")
    costs_en = models.TextField(blank=True)
    bring = ArrayField(models.TextField(), default=list, help_text="what to have with you when you come or call")
    bring_en = ArrayField(models.TextField(), default=list)
    steps = ArrayField(models.TextField(), default=list, help_text="the procedure as the resident goes through it")
    steps_en = ArrayField(models.TextField(), default=list)
    desk_settles = ArrayField(
        models.TextField(choices=QuestionKind.choices),
        default=list,
        help_text="the kinds of question the contact centre may settle without the team",
    )
    is_confidential = models.BooleanField(default=False)
    is_formal = models.BooleanField(default=False)
    channels = ArrayField(models.TextField(), default=list)
    form = models.JSONField(default=dict)
    refer_to = models.JSONField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        indexes = [GinIndex(fields=["everyday_names"], name="product_everyday_names")]
        constraints = [
            models.CheckConstraint(
                name="product_without_computer",
                condition=Q(channels__overlap=["phone", "counter", "letter", "visit"]),
                violation_error_message="Someone without a computer must be able to reach this product too.",
            ),
            models.CheckConstraint(
                name="product_known_kinds_settled",
                condition=Q(desk_settles__contained_by=list(QuestionKind.values)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def shown_description(self) -> str:
        """The description in the language of the screen."""
        return self.description_en if self.description_en and get_language() == "en" else self.description

    @property
    def desk_may_settle(self) -> bool:
        """Whether the contact centre may settle a question of the usual kind about it."""
        return self.desk_may_settle_kind("")

    def desk_may_settle_kind(self, kind: str) -> bool:
        """Say whether the contact centre may settle a question of this kind; of the usual kind when that is empty."""
        return (kind or self.kind) in self.desk_settles

    @property
    def form_fields(self) -> list[dict[str, Any]]:
        """The fields of the form, in order; empty when the product has no form of its own."""
        fields: list[dict[str, Any]] = self.form.get("fields", [])
        return fields
