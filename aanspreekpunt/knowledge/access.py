"""Who may write, approve and see answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery

from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.refusals import NotYourAnswer
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee, Team
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from aanspreekpunt.journal.actors import Actor


def may_approve(employee: Employee, *, team_keys: Iterable[str] = ()) -> bool:
    """Say whether he edits answers everywhere, or in one of these teams."""
    rights = rights_of(employee)
    if rights.is_everywhere(Permission.EDIT_ANSWERS):
        return True
    held = rights.team_ids_with(Permission.EDIT_ANSWERS)
    return bool(held) and Team.objects.filter(pk__in=held, key__in=list(team_keys)).exists()


def may_write(employee: Employee, article: Article, *, team_keys: Iterable[str] = ()) -> bool:
    """Say whether he may write drafts of this answer: its owner, and whoever may approve it."""
    is_owner = employee.is_active and article.owner_id == employee.pk
    return is_owner or may_approve(employee, team_keys=team_keys)


def is_editor(employee: Employee) -> bool:
    """Say whether he edits answers anywhere; others may still own some."""
    return rights_of(employee).may(Permission.EDIT_ANSWERS)


def reads_answers(employee: Employee) -> bool:
    """Say whether he reads published answers with the notes for the desk: who helps residents, writes or owns one."""
    rights = rights_of(employee)
    if rights.may(Permission.SEE_QUESTIONS_OF_TEAM) or rights.may(Permission.EDIT_ANSWERS):
        return True
    return employee.is_active and Article.objects.filter(owner=employee).exists()


def articles_written_by(employee: Employee) -> QuerySet[Article]:
    """Return the answers of which he sees drafts, chores and proposals: the same rule as `may_write`, for a list."""
    rights = rights_of(employee)
    if rights.is_everywhere(Permission.EDIT_ANSWERS):
        return Article.objects.all()
    if not employee.is_active:
        return Article.objects.none()
    held = rights.team_ids_with(Permission.EDIT_ANSWERS)
    if not held:
        return Article.objects.filter(owner=employee)
    keys = list(Team.objects.filter(pk__in=held).values_list("key", flat=True))
    newest = Version.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
    of_team = Version.objects.filter(pk=OuterRef("newest"), team_keys__overlap=keys)
    return Article.objects.alias(newest=Subquery(newest)).filter(Q(owner=employee) | Exists(of_team))


def refuse_unless_approver(by: Actor, *, team_keys: Iterable[str]) -> None:
    """Refuse (`NotYourAnswer`) an employee who may not approve; the system itself and setup files may."""
    if isinstance(by, Employee) and not may_approve(by, team_keys=team_keys):
        raise NotYourAnswer


def refuse_unless_writer(by: Actor, article: Article, *, team_keys: Iterable[str]) -> None:
    """Refuse (`NotYourAnswer`) an employee who may not write this answer; the system itself may."""
    if isinstance(by, Employee) and not may_write(by, article, team_keys=team_keys):
        raise NotYourAnswer
