"""What we promised, the moves of a question from team to team, and what other systems know of both: its tasks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.organisation.models import ActorRecord, Employee, Team
from aanspreekpunt.questions.models import Contact, Question


class Promise(models.Model):
    """What we said we would do, by when and by which team. A question that is not settled has exactly one open."""

    class Kind(models.TextChoices):
        """What was promised."""

        ANSWER = "answer"
        CALLBACK = "callback"
        WAIT_FOR_REPLY = "reply"

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open"
        KEPT = "kept"
        BROKEN = "broken"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="promises")
    kind = models.TextField(choices=Kind.choices, default=Kind.ANSWER)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField(null=True, help_text="begin of the callback window")
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    phone = models.TextField(blank=True, help_text="the number to call back, E.164")
    norm_kind = models.TextField(help_text="the norm this date was computed from")
    norm_amount = models.PositiveIntegerField(default=0)
    state = models.TextField(choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True, help_text="when its breaking was reported to the supervisor")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "promise"
        constraints = [
            models.UniqueConstraint(
                name="promise_one_open_per_question", fields=["question"], condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="promise_open_until_it_ends",
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="promise_kept_means_in_time",
                condition=~Q(state="kept") | Q(ended_at__lte=F("due_at")),
                violation_error_message="A promise that ended after its date was broken, not kept.",
            ),
            models.CheckConstraint(
                name="promise_broken_means_too_late",
                condition=~Q(state="broken") | Q(ended_at__gt=F("due_at")),
            ),
            models.CheckConstraint(
                name="promise_withdrawn_means_in_time",
                condition=~Q(state="withdrawn") | Q(kind="reply") | Q(ended_at__lte=F("due_at")),
                violation_error_message="A promise that is past its date was broken; it cannot be withdrawn.",
            ),
            models.CheckConstraint(
                name="promise_known_state_and_kind",
                condition=Q(
                    state__in=["open", "kept", "broken", "withdrawn"], kind__in=["answer", "callback", "reply"]
                ),
            ),
            models.CheckConstraint(
                name="promise_says_its_norm",
                condition=Q(norm_kind__in=["working_hours", "working_days", "calendar_days", "fixed_date"]),
            ),
            models.CheckConstraint(name="promise_not_in_the_past", condition=Q(due_at__gte=F("made_at"))),
            models.CheckConstraint(
                name="promise_callback_has_a_window",
                condition=(Q(kind="callback", starts_at__isnull=False, starts_at__lt=F("due_at")) & ~Q(phone=""))
                | ~Q(kind="callback"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"], name="promise_to_remind", condition=Q(state="open", reminded_at__isnull=True)
            ),
            models.Index(
                fields=["due_at"], name="promise_to_escalate", condition=Q(state="open", escalated_at__isnull=True)
            ),
            models.Index(fields=["team", "ended_at"], name="promise_of_team", condition=~Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} due {self.due_at}"


class Handover(models.Model):
    """A question moves to another team: what is asked, why, and which hop it is."""

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open"
        TAKEN_UP = "taken_up"
        DONE = "done"
        RETURNED = "returned"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="handovers")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    hop = models.PositiveSmallIntegerField()
    asked = models.TextField(help_text="what is asked of the other team")
    note = models.TextField(blank=True, help_text="only for colleagues")
    reason = models.TextField(blank=True, help_text="why a second hop was needed")
    is_by_supervisor = models.BooleanField(default=False)
    by_system = models.TextField(
        blank=True, default="", db_default="", help_text="the other system that did it, as its token is called"
    )
    state = models.TextField(choices=State.choices, default=State.OPEN)
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    taken_up_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_up_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        db_table = "handover"
        constraints = [
            models.UniqueConstraint(name="handover_hop_once", fields=["question", "hop"]),
            models.UniqueConstraint(
                name="handover_one_under_way",
                fields=["question"],
                condition=Q(state__in=["open", "taken_up"]),
            ),
            models.CheckConstraint(
                name="handover_second_hop_by_whom_and_why",
                condition=Q(hop=1) | (Q(is_by_supervisor=True) | ~Q(by_system="")) & ~Q(reason=""),
                violation_error_message="A second time only a supervisor or another system hands over, with a reason.",
            ),
            models.CheckConstraint(
                name="handover_by_an_employee_or_a_system",
                condition=Q(by_system="") | Q(is_by_supervisor=False, made_by__isnull=True),
            ),
            models.CheckConstraint(name="handover_to_another_team", condition=~Q(from_team=F("to_team"))),
            models.CheckConstraint(
                name="handover_returned_says_why",
                condition=~Q(state="returned") | ~Q(return_reason=""),
                violation_error_message="Say why the question comes back.",
            ),
            models.CheckConstraint(
                name="handover_taken_up_by_someone",
                condition=~Q(state="taken_up") | Q(taken_up_by__isnull=False, taken_up_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_ended_has_a_time",
                condition=Q(state__in=["open", "taken_up"], ended_at__isnull=True)
                | Q(state__in=["done", "returned"], ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at"], name="handover_second_hops", condition=Q(hop__gt=1)),
            models.Index(fields=["to_team", "-made_at"], name="handover_to_team"),
        ]

    def __str__(self) -> str:
        return f"hop {self.hop} of {self.question_id}"


class Task(models.Model):
    """What has to be done about a question, as other systems know it.

    An open question has exactly one task that leads: it names the team that owns the question, moves along with it and
    ends with it. Other systems may have asked for more beside it; those do not move the question.
    """

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open"
        DONE = "done"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    number = models.TextField(null=True, help_text="by which other systems name it; the database makes one if empty")
    reference_number = models.TextField(null=True, help_text="by which people name it; made likewise")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="tasks")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tasks", help_text="what led to it")
    asked = models.TextField(blank=True, help_text="what has to be done")
    note = models.TextField(blank=True, help_text="only for colleagues")
    state = models.TextField(choices=State.choices, default=State.OPEN)
    is_leading = models.BooleanField(default=True)
    began_question = models.BooleanField(default=False, help_text="whether the question was registered for its sake")
    assigned_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    made_by_database: ClassVar[tuple[str, ...]] = ("number", "reference_number")
    """See `common.writing`."""

    class Meta:
        db_table = "task"
        constraints = [
            models.UniqueConstraint(name="task_one_leads", fields=["question"], condition=Q(is_leading=True)),
            models.UniqueConstraint(name="task_number_once", fields=["number"]),
            models.UniqueConstraint(name="task_reference_number_once", fields=["reference_number"]),
            models.CheckConstraint(
                name="task_done_has_a_time",
                condition=Q(state="open", done_at__isnull=True) | Q(state="done", done_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="task_open_newest", condition=Q(state="open")),
            models.Index(fields=["assigned_at"], name="task_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.state} task of {self.question_id}"

    @property
    def is_done(self) -> bool:
        """Whether nothing has to be done any more."""
        return self.state == self.State.DONE


class TaskActor(models.Model):
    """Who has to do a task, in the order in which they were named.

    `state` is that of the task: the database keeps it so, that the open tasks of an actor are one stretch of an index.
    It keeps as well whether the task is confidential, in a column that no model has.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="named", db_index=False)
    actor = models.ForeignKey(ActorRecord, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.TextField(choices=Task.State.choices, default=Task.State.OPEN)

    class Meta:
        db_table = "task_actor"
        constraints = [models.UniqueConstraint(name="task_actor_once", fields=["task", "actor"])]
        indexes = [
            models.Index(fields=["actor", "state", "-task"], name="task_of_actor_in_state"),
            models.Index(fields=["actor", "-task"], name="task_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} for {self.task_id}"
