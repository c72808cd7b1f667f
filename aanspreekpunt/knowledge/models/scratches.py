"""What an editor is typing and has not saved, so that a crash or the end of a session loses nothing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanspreekpunt.knowledge.models.articles import Article
from aanspreekpunt.organisation.models import Employee


class Scratch(models.Model):
    """The form of one answer as one editor left it; of a new answer when it names none."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict, help_text="names of fields, each with the texts typed in it")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scratch_once_per_answer", fields=["employee", "article"], condition=Q(article__isnull=False)
            ),
            models.UniqueConstraint(
                name="scratch_once_for_a_new_answer", fields=["employee"], condition=Q(article__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.article_id or 'new'}"
