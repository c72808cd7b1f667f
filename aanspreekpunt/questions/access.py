"""Who may see which questions. Absent and not yours look the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.permissions import GRANTS, Permission
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from aanspreekpunt.messaging.models import Arrival


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


def colleagues_who_see(question: Question, *, named: str, limit: int) -> list[Employee]:
    """Return who may see this question and bears a name with a word that begins like `named`, by name. One query."""
    members = Q(memberships__role__in=_roles_with(Permission.SEE_QUESTIONS_OF_TEAM))
    who = members & Q(memberships__team=question.owner_id)
    if not question.is_confidential:
        who |= Q(memberships__role__in=_roles_with(Permission.SEE_QUESTIONS_OF_ALL_TEAMS))
        who |= members & Q(memberships__team=None)
    begins = Q(name__istartswith=named.strip()) | Q(name__icontains=f" {named.strip()}")
    found = Employee.objects.filter(who, begins, is_active=True).distinct()
    return list(found.order_by("name")[:limit])


def _roles_with(permission: Permission) -> list[str]:
    return [role for role, granted in GRANTS.items() if permission in granted]


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


def may_release_files(employee: Employee, question: Question) -> bool:
    """Say whether `employee` may hand out a file that was held back: a supervisor of its team, or an administrator."""
    administers = rights_of(employee).may(Permission.ADMINISTER)
    return may_supervise(employee, question) or (administers and may_see(employee, question))


def may_handle_message(employee: Employee, arrival: Arrival) -> bool:
    """Say whether `employee` may read and handle a message that came in; one about a question only if he sees that."""
    if not rights_of(employee).may(Permission.HANDLE_POST):
        return False
    if arrival.about_kind != "question":
        return True
    return may_look_at_post_about([arrival.about_id or 0], employee) != {}


def may_look_at_post_about(question_ids: Iterable[int], employee: Employee) -> dict[int, str]:
    """Return those of these questions whose post `employee` may read, with their references. One query.

    An administrator sees no questions, but has to see why a message could not be read: not of a confidential one.
    """
    wanted = set(question_ids)
    visible = Q(pk__in=questions_visible_to(employee).filter(pk__in=wanted).values("pk"))
    if rights_of(employee).may(Permission.ADMINISTER):
        visible |= Q(is_confidential=False)
    return dict(Question.objects.filter(visible, pk__in=wanted).values_list("pk", "reference"))
