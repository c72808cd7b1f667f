"""A better answer, or a new one, as somebody at work proposes it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.knowledge.models.articles import Article
from aanspreekpunt.organisation.models import Employee


class Proposal(models.Model):
    """A proposal with an owner and a date; its proposer hears what became of it."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Taken over")
        DECLINED = "declined", _("Not taken over")

    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    question = models.TextField(help_text="the question as people ask it; for an existing answer, its question then")
    text = models.TextField(help_text="what should be better, or the answer itself")
    product_key = models.TextField(blank=True)
    question_id = models.BigIntegerField(null=True, blank=True, help_text="the resident's question it came from")
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="proposals_to_judge")
    due_on = models.DateField(help_text="when its proposer hears of it at the latest")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    reply = models.TextField(blank=True, help_text="to the proposer: what became of it and why")
    decided_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True, help_text="when the proposer saw the reply")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_decided_with_a_reply",
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (Q(state__in=["accepted", "declined"], decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_declined_with_a_reason",
                condition=~Q(state="declined") | ~Q(reply=""),
                violation_error_message="Whoever proposes something hears why it is not taken over.",
            ),
            models.CheckConstraint(name="proposal_says_something", condition=~Q(question="") & ~Q(text="")),
            models.CheckConstraint(
                name="proposal_heard_after_decision", condition=Q(heard_at__isnull=True) | Q(decided_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on", "id"], name="proposal_open", condition=Q(state="open")),
            models.Index(
                fields=["proposed_by", "decided_at"],
                name="proposal_to_hear",
                condition=~Q(state="open") & Q(heard_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.question
