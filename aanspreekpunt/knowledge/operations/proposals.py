"""Proposing a better answer, and letting the proposer hear what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q

from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.access import is_editor
from aanspreekpunt.knowledge.models import Proposal
from aanspreekpunt.knowledge.refusals import (
    AlreadyDecided,
    NobodyToJudge,
    NotYourAnswer,
    ReasonIsMissing,
    TextIsIncomplete,
)
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.knowledge.models import Article

DAYS_TO_JUDGE = 14
"""Whoever proposes something hears within so many days what became of it."""


@transaction.atomic
def propose_answer(
    *,
    question: str,
    text: str,
    article: Article | None = None,
    product_key: str = "",
    question_id: int | None = None,
    by: Employee,
    at: datetime,
) -> Proposal:
    """Propose a new answer, or a better one for `article`; its owner or an editor gets it, with a date.

    `question_id` is the resident's question it came from, if any. Refuses an empty proposal (`TextIsIncomplete`) and
    one that nobody could judge (`NobodyToJudge`).
    """
    if not question.strip() or not text.strip():
        raise TextIsIncomplete
    proposal = Proposal.objects.create(
        article=article,
        question=question.strip(),
        text=text.strip(),
        product_key=product_key,
        question_id=question_id,
        proposed_by=by,
        proposed_at=at,
        owner=_judge_for(article),
        due_on=local_date(at) + timedelta(days=DAYS_TO_JUDGE),
    )
    record("proposal.made", subject=proposal, data={"owner": proposal.owner_id}, by=by, at=at)
    return proposal


@transaction.atomic
def accept_proposal(*, proposal: Proposal, reply: str = "", by: Employee, at: datetime) -> Proposal:
    """Say that a proposal is taken over; writing the answer itself is another step."""
    return _decide(proposal, Proposal.State.ACCEPTED, reply, by=by, at=at)


@transaction.atomic
def decline_proposal(*, proposal: Proposal, reply: str, by: Employee, at: datetime) -> Proposal:
    """Say that a proposal is not taken over, and why."""
    if not reply.strip():
        raise ReasonIsMissing
    return _decide(proposal, Proposal.State.DECLINED, reply, by=by, at=at)


def note_heard(*, by: Employee, at: datetime) -> int:
    """Note that somebody saw the replies to all his proposals; return how many were new to him."""
    return Proposal.objects.filter(proposed_by=by, decided_at__isnull=False, heard_at__isnull=True).update(heard_at=at)


def _decide(proposal: Proposal, state: str, reply: str, *, by: Employee, at: datetime) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if by.pk != proposal.owner_id and not is_editor(by):
        raise NotYourAnswer
    if proposal.decided_by is not None:
        raise AlreadyDecided(name=proposal.decided_by.name)
    proposal.state, proposal.reply, proposal.decided_by, proposal.decided_at = state, reply.strip(), by, at
    proposal.save(update_fields=["state", "reply", "decided_by", "decided_at"])
    record(f"proposal.{state}", subject=proposal, by=by, at=at)
    return proposal


def _judge_for(article: Article | None) -> Employee:
    """Return the owner of the answer, else the editor with the fewest open proposals."""
    if article is not None and article.owner is not None and article.owner.is_active:
        return article.owner
    editors = Employee.objects.filter(is_active=True, memberships__role=Role.CONTENT_EDITOR).annotate(
        to_judge=Count("proposals_to_judge", filter=Q(proposals_to_judge__state=Proposal.State.OPEN), distinct=True)
    )
    editor = editors.order_by("to_judge", "id").first()
    if editor is None:
        raise NobodyToJudge
    return editor
