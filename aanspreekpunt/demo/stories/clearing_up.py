"""What a good team does now and then: look for what was left lying, and answer it after all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import operations
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.demo.world import World

_LONGEST_LEFT_LYING = timedelta(days=3)


def clear_up(world: World, *, at: datetime) -> None:
    """Answer, at the next opening after the last that happened to it, each question late by more than three days."""
    for question in Question.objects.filter(due_at__lt=at - _LONGEST_LEFT_LYING).select_related("owner", "holder"):
        last = Entry.objects.filter(subject_kind="question", subject_id=question.pk).order_by("-id")[0].at
        when = calendar_of(question.owner).next_opening(last + timedelta(hours=20)) + timedelta(minutes=50)
        worker = question.holder or world.someone_of(question.owner)
        operations.answer(question=question, text=world.say("apologies"), channel="phone", by=worker, at=min(when, at))
