"""Work that an answer makes for its owner: found by a job, gone when it is no longer so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.knowledge.models.articles import Article


class Chore(models.Model):
    """One thing that is not, or will soon not be, right about a published answer."""

    class Kind(models.TextChoices):
        """What is the matter."""

        EXPIRING = "expiring", _("Is true for only a few weeks more")
        EXPIRED = "expired", _("Is no longer true and no longer shown")
        BROKEN_LINK = "broken_link", _("Has a link that does not work")
        MISSING_VALUE = "missing_value", _("Uses a local value that is not filled in")
        HARD_TO_READ = "hard_to_read", _("Is harder to read than level B1")
        UNKNOWN_PRODUCT = "unknown_product", _("Names a product that does not exist")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="chores")
    kind = models.TextField(choices=Kind.choices)
    detail = models.TextField(blank=True, help_text="which link, value or product")
    found_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True, help_text="when a job saw that it was no longer so")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="chore_once", fields=["article", "kind", "detail"], condition=Q(done_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["found_at", "id"], name="chore_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}".strip()
