"""Going on with two questions in one, when somebody asked the same thing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.answering import end_question
from aanspreekpunt.promises.operations.handing_over import workable
from aanspreekpunt.questions.access import may_see
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.operations import locked
from aanspreekpunt.questions.refusals import NotYours, SameQuestion

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question


@transaction.atomic
def merge(*, question: Question, into: Question, by: Employee, at: datetime) -> Question:
    """Settle `question` as a duplicate of `into`, which goes on for both. `by` works on the one and sees the other."""
    if question.pk == into.pk:
        raise SameQuestion
    # Always in the same order, so that two people merging crosswise wait instead of deadlocking.
    for each in sorted((question, into), key=lambda one: one.pk):
        locked(each)
    question, into = workable(question, by=by), locked(into)
    if not may_see(by, into):
        raise NotYours
    if into.duplicate_of_id is not None or into.pk == question.pk:
        raise SameQuestion
    question.duplicate_of = into
    end_question(question, outcome=Outcome.DUPLICATE, note="", fulfilled=False, by=by, at=at)
    record(
        "question.merged_in",
        subject=into,
        team_id=into.owner_id,
        data={"other": question.pk, "reference": question.reference},
        by=by,
        at=at,
    )
    letters.send_merged(question=question, into=into, at=at)
    return question
