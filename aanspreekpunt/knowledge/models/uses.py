"""How answers were used and searched for: counted, without anything that says who somebody is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.knowledge.models.articles import Article


class Face(models.TextChoices):
    """Where somebody searched or read."""

    DESK = "desk", _("Desk")
    PORTAL = "portal", _("Portal")


class Use(models.Model):
    """An answer was used for a question at the desk, or a resident said whether it helped."""

    class Kind(models.TextChoices):
        """What happened."""

        GIVEN = "given", _("Given as answer")
        HELPED = "helped", _("Helped, the reader says")
        DID_NOT_HELP = "did_not_help", _("Did not help, the reader says")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="uses")
    kind = models.TextField(choices=Kind.choices)
    face = models.TextField(choices=Face.choices)
    question_id = models.BigIntegerField(null=True, blank=True, help_text="the question it was given for")
    searched = models.TextField(blank=True, help_text="known words of the search that led to it; emptied after a year")
    person = models.BinaryField(
        default=b"",
        db_default=b"",
        help_text="keyed hash that tells people apart for this one answer; emptied after a year",
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="use_once_per_question", fields=["article", "question_id"], condition=Q(question_id__isnull=False)
            ),
            models.CheckConstraint(
                name="use_given_for_a_question", condition=~Q(kind="given") | Q(question_id__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["article", "at"], name="use_of_article"),
            models.Index(fields=["at"], name="use_after_a_search", condition=~Q(searched="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class SearchTally(models.Model):
    """How often some words were searched for on one day, and how well that went."""

    class Certainty(models.TextChoices):
        """How sure the search was of its best result."""

        GOOD = "good", _("Found")
        UNSURE = "unsure", _("Perhaps found")
        NOTHING = "nothing", _("Not found")

    on = models.DateField()
    face = models.TextField(choices=Face.choices)
    text = models.TextField(help_text="folded, known words only: a name or number of somebody is left out")
    certainty = models.TextField(choices=Certainty.choices)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="search_tally_once_a_day", fields=["on", "face", "text", "certainty"]),
        ]
        indexes = [
            models.Index(fields=["-on", "-times"], name="search_not_found", condition=~Q(certainty="good")),
        ]

    def __str__(self) -> str:
        return self.text
