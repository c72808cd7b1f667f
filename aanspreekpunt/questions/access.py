"""Who may see which questions. Absent and not yours look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from aanspreekpunt.organisation.models import Employee


def questions_visible_to(employee: Employee) -> QuerySet[Question]:
    """Return the questions `employee` may see.

    Confidential questions: only members of the owning team. Others: everybody who may have a resident on the line, and
    for department employees and supervisors the questions their own teams own.
    """
    rights = rights_of(employee)
    of_own_teams = Q(owner_id__in=rights.team_ids)
    if rights.may(Permission.SEE_QUESTIONS_OF_ALL_TEAMS) or rights.is_everywhere(Permission.SEE_QUESTIONS_OF_TEAM):
        return Question.objects.filter(Q(is_confidential=False) | of_own_teams)
    return Question.objects.filter(of_own_teams)


def may_see(employee: Employee, question: Question) -> bool:
    """Say whether `employee` may see this one question; the same rule as `questions_visible_to`, without a query."""
    rights = rights_of(employee)
    if question.owner_id in rights.team_ids:
        return True
    sees_all = rights.may(Permission.SEE_QUESTIONS_OF_ALL_TEAMS)
    return not question.is_confidential and (sees_all or rights.is_everywhere(Permission.SEE_QUESTIONS_OF_TEAM))


def may_work_on(employee: Employee, question: Question) -> bool:
    """Say whether `employee` may take, answer or settle this question: he works in the team that owns it."""
    works_there = rights_of(employee).may(Permission.WORK_ON_QUESTIONS, team_id=question.owner_id)
    return works_there and may_see(employee, question)


def is_in_good_hands(question: Question) -> bool:
    """Say whether someone holds this question who can still work on it: not if he left, or may not see it any more."""
    return question.holder is not None and may_work_on(question.holder, question)


def may_supervise(employee: Employee, question: Question) -> bool:
    """Say whether `employee` supervises the team that owns this question."""
    return may_see(employee, question) and rights_of(employee).may(Permission.SUPERVISE, team_id=question.owner_id)
