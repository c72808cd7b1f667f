"""What happens when a question was settled: the resident says how it went, or comes back because it was not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.promises import operations
from aanspreekpunt.questions.operations import give_feedback

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.demo.timeline import Story
    from aanspreekpunt.demo.world import World
    from aanspreekpunt.questions.models import Question

_SAYS_SOMETHING, _COMES_BACK = 0.14, 0.04


def afterwards(world: World, question: Question, at: datetime) -> Story:
    """Tell what the resident does after the answer."""
    if world.lucky(_COMES_BACK):
        at += timedelta(hours=20 + 70 * world.chance.random())
        yield at
        question = operations.reopen(question=question, reason=world.say("reopens"), by=RESIDENT, at=at)
        at = world.ready(at, question.due_at or at, question.owner)
        yield at
        worker = world.someone_of(question.owner)
        operations.answer(question=question, text=world.say("apologies"), channel="phone", by=worker, at=at)
    if world.lucky(_SAYS_SOMETHING):
        at += timedelta(hours=1 + 30 * world.chance.random())
        yield at
        question.refresh_from_db()
        give_feedback(question=question, text=world.say("better"), by=RESIDENT, at=at)
