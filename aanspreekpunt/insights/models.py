"""What is counted about each product, the questions the desk could have answered, and what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanspreekpunt.catalogue.models import Product, QuestionKind
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.questions.models import Question


class DeskWeek(models.Model):
    """How the questions of one kind about a product went that were settled in one week; no confidential ones."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.TextField(choices=QuestionKind.choices)
    week_on = models.DateField(help_text="its Monday")
    settled = models.PositiveIntegerField()
    at_first_contact = models.PositiveIntegerField()
    handed_over = models.PositiveIntegerField()
    answerable = models.PositiveIntegerField(help_text="handed over, while the desk could have answered")

    class Meta:
        constraints = [models.UniqueConstraint(name="desk_week_once", fields=["product", "kind", "week_on"])]
        indexes = [models.Index(fields=["week_on"], name="desk_week_of")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind} {self.week_on}"


class Answerable(models.Model):
    """A question that was handed over while the desk could have answered it; kept while it may be an example."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.TextField(choices=QuestionKind.choices)
    settled_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["product", "kind", "-settled_at"], name="answerable_examples"),
            models.Index(fields=["settled_at"], name="answerable_settled"),
        ]

    def __str__(self) -> str:
        return f"question {self.question_id}"


class Decision(models.Model):
    """What a manager decided about letting the desk settle one kind of question about a product, and why."""

    class Answer(models.TextChoices):
        """What he decided."""

        YES = "yes"
        NO = "no"
        LATER = "later"

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=QuestionKind.choices)
    answer = models.TextField(choices=Answer.choices)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", db_index=False)
    decided_at = models.DateTimeField()
    carried_out_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    carried_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="decision_known_answer", condition=Q(answer__in=["yes", "no", "later"])),
            models.CheckConstraint(
                name="decision_not_yes_says_why",
                condition=Q(answer="yes") | ~Q(reason=""),
                violation_error_message="Say why not, or why later.",
            ),
            models.CheckConstraint(
                name="decision_only_yes_is_carried_out",
                condition=Q(carried_out_at__isnull=True, carried_out_by__isnull=True)
                | Q(answer="yes", carried_out_at__isnull=False, carried_out_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["product", "kind", "-decided_at"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.kind}: {self.answer}"
