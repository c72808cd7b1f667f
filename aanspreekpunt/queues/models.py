"""Who is looking at which question right now."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.questions.models import Question


class Presence(models.Model):
    """An employee who has a question open on his screen. Worth nothing after a crash, so its table is unlogged."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    seen_at = models.DateTimeField()
    is_typing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="presence_once", fields=["question", "employee"])]

    def __str__(self) -> str:
        return f"{self.employee_id} at {self.question_id}"
