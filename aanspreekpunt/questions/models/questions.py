"""The question: one thing someone wants of the government, from first contact until it is settled."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from aanspreekpunt.catalogue.models import Product, QuestionKind
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.references import format_reference
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.models import Employee, Team
from aanspreekpunt.parties.models import Party
from aanspreekpunt.questions.choices import Channel, Outcome, State


class Question(models.Model):
    """One thing someone wants of the government. Its owner, state and open promise are guarded by the database."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    reference = models.CharField(max_length=11, unique=True)
    follow_code_hash = models.CharField(max_length=64)
    kind = models.TextField(choices=QuestionKind.choices, default=QuestionKind.QUESTION)
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.TextField(choices=Product.Role.choices, default=Product.Role.SERVES)
    subject = models.TextField(help_text="one line, as staff would say it")
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="questions", db_index=False)
    customer_name = models.TextField(blank=True, help_text="who asks, as he called himself")
    channel = models.TextField(choices=Channel.choices)
    language = models.TextField(default="nl")
    is_confidential = models.BooleanField(default=False)
    form_data = models.JSONField(default=dict)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    owner = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.TextField(choices=Outcome.choices, default="", blank=True)
    outcome_note = models.TextField(blank=True, help_text="the reason, or the number of the case")
    duplicate_of = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="duplicates", db_index=False
    )
    hops = models.PositiveSmallIntegerField(default=0)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    has_news = models.BooleanField(default=False, help_text="the resident added something nobody has read yet")
    due_at = models.DateTimeField(null=True, help_text="when the open promise is due; empty when settled")
    registered_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "question"
        constraints = [
            models.CheckConstraint(
                name="question_settled_has_outcome_open_has_none",
                condition=(Q(state="settled") & ~Q(outcome="") & Q(settled_at__isnull=False) & Q(due_at__isnull=True))
                | (~Q(state="settled") & Q(outcome="") & Q(settled_at__isnull=True) & Q(due_at__isnull=False)),
                violation_error_message="A settled question has an outcome, an open one has a promised date.",
            ),
            models.CheckConstraint(
                name="question_in_hand_has_a_holder",
                condition=(Q(state="in_hand", holder__isnull=False))
                | Q(state="awaiting_resident")
                | Q(state__in=["waiting", "settled"], holder__isnull=True),
                violation_error_message="A question in hand is held by someone; a waiting or settled one by nobody.",
            ),
            models.CheckConstraint(
                name="question_duplicate_names_the_other",
                condition=Q(outcome="duplicate", duplicate_of__isnull=False)
                | (~Q(outcome="duplicate") & Q(duplicate_of__isnull=True)),
            ),
            models.CheckConstraint(name="question_not_its_own_duplicate", condition=~Q(duplicate_of=models.F("id"))),
            models.CheckConstraint(
                name="question_unanswerable_says_why", condition=~Q(outcome="could_not_be_answered", outcome_note="")
            ),
            models.CheckConstraint(name="question_reference_form", condition=Q(reference__regex=r"^[0-9]{11}$")),
            models.CheckConstraint(
                name="question_follow_code_is_a_hash", condition=Q(follow_code_hash__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(name="question_known_outcome", condition=Q(outcome__in=["", *Outcome.values])),
            models.CheckConstraint(name="question_known_state", condition=Q(state__in=State.values)),
        ]
        indexes = [
            GinIndex(SearchVector("subject", config="dutch"), name="question_by_subject"),
            models.Index(fields=["owner", "due_at", "id"], name="question_queue", condition=~Q(state="settled")),
            models.Index(fields=["owner", "registered_at"], name="question_oldest", condition=~Q(state="settled")),
            models.Index(fields=["holder", "due_at"], name="question_held", condition=Q(holder__isnull=False)),
            models.Index(fields=["party", "-id"], name="question_of_party", condition=Q(party__isnull=False)),
            models.Index(fields=["-settled_at"], name="question_settled", condition=Q(state="settled")),
            models.Index(fields=["-registered_at", "-id"], name="question_newest"),
            models.Index(fields=["duplicate_of"], name="question_duplicates", condition=Q(duplicate_of__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.shown_reference

    @property
    def shown_reference(self) -> str:
        """The reference in groups, as one reads it aloud."""
        return format_reference(self.reference)

    @property
    def is_settled(self) -> bool:
        return self.state == State.SETTLED


class QuestionLink(models.Model):
    """Two questions that have to do with each other."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="linked_from")
    made_by = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty when we saw it ourselves"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="question_link_once", fields=["question", "other"]),
            models.CheckConstraint(name="question_link_in_one_order", condition=Q(question__lt=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} and {self.other_id}"


class Mention(models.Model):
    """A colleague named in a note, until he has seen it."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="mentions")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="mention_once", fields=["entry", "employee"])]
        indexes = [models.Index(fields=["employee"], name="mention_unseen", condition=Q(seen_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.entry_id}"


class Feedback(models.Model):
    """What a resident said to the one open question afterwards, what could have gone better."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="feedback")
    text = models.TextField()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feedback on {self.question_id}"
