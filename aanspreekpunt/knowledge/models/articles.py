"""A question people ask with the answer in plain Dutch, and every version that was ever written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from datetime import date


class Audience(models.TextChoices):
    """Whom an answer is for."""

    RESIDENT = "resident", _("Residents")
    BUSINESS = "business", _("Businesses")


class Article(models.Model):
    """An answer through all its versions: what stays the same when its text changes."""

    key = models.SlugField(unique=True, max_length=120)
    origin = models.TextField(blank=True, help_text="where it was imported from; empty when written here")
    owner = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    changed_at = models.DateTimeField(help_text="when any version of it was last changed")

    class Meta:
        indexes = [models.Index(fields=["owner", "key"], name="article_of_owner")]

    def __str__(self) -> str:
        return self.key


class Version(models.Model):
    """One version of an answer, in Dutch and perhaps English, with what only the desk sees."""

    class State(models.TextChoices):
        """Where a version stands; `rules.states` says how it moves. Expired is not a state but a date in the past."""

        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("To be reviewed")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Replaced")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DISCARDED = "discarded", _("Discarded")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="1 is the first of this article")
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    question = models.TextField()
    question_en = models.TextField(blank=True)
    answer = models.TextField(help_text="Markdown, with {{ local values }}")
    answer_en = models.TextField(blank=True, help_text="Markdown, with {{ local values }}")
    desk_note = models.TextField(blank=True, help_text="Markdown; never leaves the desk")
    ask = ArrayField(models.TextField(), default=list, help_text="what to ask first; never leaves the desk")
    search_words = ArrayField(models.TextField(), default=list, help_text="other words people use for it")
    product_keys = ArrayField(models.TextField(), default=list)
    upl_names = ArrayField(models.TextField(), default=list)
    team_keys = ArrayField(models.TextField(), default=list, help_text="the teams that know about it")
    audience = ArrayField(models.TextField(choices=Audience.choices), default=list, help_text="empty is everybody")
    area = models.TextField(blank=True, help_text="the neighbourhood it holds for; empty is everywhere")
    target_group = models.TextField(blank=True, help_text="the people it holds for; empty is everybody")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True, help_text="the last day on which it is true")
    revision = models.PositiveIntegerField(default=1, help_text="counts savings, so that two editors notice each other")
    written_by_name = models.TextField(blank=True)
    written_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(help_text="when this version was last saved")
    remark = models.TextField(blank=True, help_text="why it was changed, or what the reviewer sent it back for")
    approved_by_name = models.TextField(blank=True)
    approved_by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was replaced, withdrawn or discarded")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="version_number_once", fields=["article", "number"]),
            models.UniqueConstraint(name="version_one_published", fields=["article"], condition=Q(state="published")),
            models.UniqueConstraint(
                name="version_one_being_written", fields=["article"], condition=Q(state__in=["draft", "review"])
            ),
            models.CheckConstraint(
                name="version_known_state",
                condition=Q(state__in=["draft", "review", "published", "replaced", "withdrawn", "discarded"]),
            ),
            models.CheckConstraint(
                name="version_approved_before_published",
                condition=Q(state__in=["draft", "review", "discarded"], approved_at__isnull=True)
                | (Q(state__in=["published", "replaced", "withdrawn"], approved_at__isnull=False)),
                violation_error_message="What is published was approved by somebody, at some moment.",
            ),
            models.CheckConstraint(
                name="version_ends_once",
                condition=Q(state__in=["draft", "review", "published"], ended_at__isnull=True)
                | Q(state__in=["replaced", "withdrawn", "discarded"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="version_valid_in_order",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                violation_error_message="The last day on which it is true lies before the first.",
            ),
            models.CheckConstraint(
                name="version_english_in_full",
                condition=Q(question_en="", answer_en="") | (~Q(question_en="") & ~Q(answer_en="")),
            ),
            models.CheckConstraint(name="version_says_something", condition=~Q(question="") & ~Q(answer="")),
        ]
        indexes = [
            GinIndex(fields=["product_keys"], name="version_of_product", condition=Q(state="published")),
            models.Index(fields=["state", "written_at", "id"], name="version_in_state"),
            models.Index(fields=["valid_until"], name="version_expiring", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return f"{self.question} ({self.number})"

    @property
    def is_bilingual(self) -> bool:
        """Whether it can be read in English too."""
        return bool(self.answer_en)

    @property
    def shown_question(self) -> str:
        """The question in the language of the screen."""
        return self.question_en if self.question_en and get_language() == "en" else self.question

    @property
    def shown_answer(self) -> str:
        """The answer (Markdown, with places for local values) in the language of the screen."""
        return self.answer_en if self.answer_en and get_language() == "en" else self.answer

    def is_true_on(self, day: date) -> bool:
        """Say whether `day` lies within the days for which it was written."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    def content(self) -> dict[str, Any]:
        """Return what an editor writes of it, by the names of `CONTENT`."""
        return {name: getattr(self, name) for name in CONTENT}


CONTENT = (
    *("question", "question_en", "answer", "answer_en", "desk_note", "ask", "search_words", "product_keys"),
    *("upl_names", "team_keys", "audience", "area", "target_group", "valid_from", "valid_until"),
)
"""The fields of a version that an editor writes; the others keep how it came about."""
