"""The work answers make: proposals to judge or to hear of, chores, and what is to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from aanspreekpunt.knowledge.access import articles_written_by, is_editor
from aanspreekpunt.knowledge.models import Chore, Proposal, Version

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from aanspreekpunt.organisation.models import Employee

UNHEARD = Q(decided_at__isnull=False, heard_at__isnull=True)


@dataclass(frozen=True, slots=True)
class ProposalPlace:
    """The last proposal of a page; the next page begins behind it."""

    due_on: date
    id: int


def proposals_to_judge(
    employee: Employee, *, only_own: bool = False, after: ProposalPlace | None = None, limit: int
) -> list[Proposal]:
    """Return the open proposals `employee` may judge, the first due first: an editor all of them, an owner his own."""
    found = Proposal.objects.filter(state=Proposal.State.OPEN)
    if only_own or not is_editor(employee):
        found = found.filter(owner=employee)
    if after is not None:
        found = found.filter(Q(due_on__gt=after.due_on) | Q(due_on=after.due_on, pk__gt=after.id))
    return list(found.select_related("article", "owner", "proposed_by").order_by("due_on", "pk")[:limit])


def proposals_made_by(employee: Employee, *, below: int | None = None, limit: int) -> list[Proposal]:
    """Return what `employee` proposed himself, newest first, from below that number."""
    made = Proposal.objects.filter(proposed_by=employee)
    if below is not None:
        made = made.filter(pk__lt=below)
    return list(made.select_related("article", "owner", "decided_by").order_by("-pk")[:limit])


def proposal_for(employee: Employee, *, pk: int) -> Proposal | None:
    """Return a proposal that is `employee`'s business: he made it, has to judge it, or is an editor."""
    found = Proposal.objects.select_related("article", "owner", "proposed_by", "decided_by").filter(pk=pk)
    if not is_editor(employee):
        found = found.filter(Q(owner=employee) | Q(proposed_by=employee))
    return found.first()


def may_judge(employee: Employee, proposal: Proposal) -> bool:
    """Say whether `employee` may decide on it: its owner and every editor."""
    return employee.is_active and (proposal.owner_id == employee.pk or is_editor(employee))


def proposals_on_start_of(employee: Employee, *, limit: int) -> tuple[list[Proposal], list[Proposal]]:
    """Return the proposals `employee` has to judge himself, and the replies to his own he has not seen. One query."""
    to_judge = Q(owner=employee, state=Proposal.State.OPEN)
    found = Proposal.objects.filter(to_judge | (Q(proposed_by=employee) & UNHEARD))
    each = list(found.select_related("article", "decided_by", "proposed_by").order_by("due_on", "pk")[: 2 * limit])
    return [one for one in each if one.decided_at is None], [one for one in each if one.decided_at is not None]


def chores_for(employee: Employee, *, limit: int) -> list[Chore]:
    """Return the chores of answers `employee` owns or edits, longest known first. One query or two."""
    published = Version.objects.filter(article=OuterRef("article"), state=Version.State.PUBLISHED)
    return list(
        Chore.objects.filter(done_at__isnull=True, article__in=articles_written_by(employee))
        .annotate(question=Subquery(published.values("question")[:1]))
        .select_related("article")
        .order_by("found_at", "pk")[:limit]
    )


def versions_to_review(employee: Employee, *, limit: int) -> QuerySet[Version]:
    """Return what waits for an editor to read and publish, longest waiting first."""
    waiting = Version.objects.filter(state=Version.State.REVIEW, article__in=articles_written_by(employee))
    return waiting.select_related("article").order_by("written_at", "pk")[:limit]


def drafts_by(employee: Employee, *, limit: int) -> QuerySet[Version]:
    """Return the drafts `employee` wrote last, newest first."""
    own = Version.objects.filter(state=Version.State.DRAFT, written_by=employee)
    return own.select_related("article").order_by("-written_at", "-pk")[:limit]
