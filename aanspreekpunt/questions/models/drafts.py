"""What an employee is typing during a conversation, kept until it is registered or thrown away."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.organisation.models import Employee


class Draft(models.Model):
    """A conversation that is going on: survives a crash of the browser; several may run side by side."""

    conversation = models.UUIDField(primary_key=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["employee", "begun_at"], name="draft_of_employee")]

    def __str__(self) -> str:
        return f"draft {self.conversation}"
