"""Letters that did not arrive: the team that has the question must know, and tell the resident in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.messaging.models import Delivery


def note_undelivered(*, delivery: Delivery, code: str, at: datetime) -> None:
    """Write in the journal of its question that a letter failed, or that nobody knows whether it arrived."""
    question = Question.objects.filter(pk=delivery.about_id or 0).first()
    if question is None:
        return
    event = "letter.failed" if delivery.state == delivery.State.FAILED else "letter.uncertain"
    data = {"letter": delivery.kind, "delivery": delivery.pk, "code": code}
    record(event, subject=question, team_id=question.owner_id, data=data, by=SYSTEM, at=at)
