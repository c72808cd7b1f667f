"""Going on with two questions in one, when somebody asked the same thing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.answering import end_question
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.promises.refusals import NotTogether
from aanspreekpunt.questions.access import may_see
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.operations import locked_together
from aanspreekpunt.questions.refusals import NotYours, QuestionIsClosed, SameQuestion

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question


@transaction.atomic
def merge(*, question: Question, into: Question, by: Employee, at: datetime) -> Question:
    """Settle `question` as a duplicate of `into`, which goes on for both. `by` works on the one and sees the other.

    What is confidential only goes together with what the same people see.
    """
    if question.pk == into.pk:
        raise SameQuestion
    question, into = locked_together(question, into)
    question = workable(question, by=by)
    if not may_see(by, into):
        raise NotYours
    if into.is_settled:
        raise QuestionIsClosed
    if question.is_confidential != into.is_confidential or (into.is_confidential and question.owner != into.owner):
        raise NotTogether
    question.duplicate_of = into
    end_question(question, outcome=Outcome.DUPLICATE, note="", fulfilled=False, by=by, at=at)
    record(
        "question.merged_in",
        subject=into,
        team_id=into.owner_id,
        data={"other": question.pk},
        by=by,
        at=at,
    )
    letters.send_merged(question=question, into=into, at=at)
    return question
