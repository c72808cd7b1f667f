"""The models that were learned, and what was suggested next to what people chose."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanspreekpunt.questions.models import Question


class Target(models.TextChoices):
    """What is suggested."""

    PRODUCT = "product"
    TEAM = "team"


class LearnedModel(models.Model):
    """One model as it was learned one night: plain arrays, how good it is, and whether it is the one in use."""

    class State(models.TextChoices):
        """Whether it is used. Aside: worse than the one in use, so people decide."""

        IN_USE = "in_use"
        ASIDE = "aside"
        REPLACED = "replaced"

    target = models.TextField(choices=Target.choices)
    state = models.TextField(choices=State.choices)
    content = models.BinaryField(help_text="arrays of numbers and JSON; holds nothing that runs")
    sha256 = models.CharField(max_length=64)
    quality = models.JSONField(help_text="measured on questions it had not seen")
    learned_from = models.PositiveIntegerField(help_text="how many real questions")
    learned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="learned_model_one_in_use", fields=["target"], condition=Q(state="in_use")),
            models.CheckConstraint(name="learned_model_known_target", condition=Q(target__in=["product", "team"])),
            models.CheckConstraint(
                name="learned_model_known_state", condition=Q(state__in=["in_use", "aside", "replaced"])
            ),
        ]
        indexes = [models.Index(fields=["target", "-learned_at"], name="learned_model_newest")]

    def __str__(self) -> str:
        return f"{self.target} {self.learned_at:%Y-%m-%d} {self.state}"


class Outcome(models.Model):
    """What was suggested for one question and what people chose in the end: keys and numbers, never a text."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="+")
    suggested = models.JSONField(help_text="pairs of product key and certainty, the surest first")
    certainty = models.FloatField(help_text="of the surest product, from 0 to 1")
    was_shown = models.BooleanField(help_text="whether it was sure enough to be shown")
    chosen = models.TextField(blank=True, help_text="key of the product; empty when none was chosen")
    team_suggested = models.TextField(blank=True)
    team_certainty = models.FloatField(default=0)
    team_chosen = models.TextField(blank=True, help_text="key of the team the question went to")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="suggestion_certainty_is_a_share", condition=Q(certainty__gte=0, certainty__lte=1)
            ),
        ]
        indexes = [models.Index(fields=["-noted_at"], name="suggestion_newest")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.certainty:.2f}"
