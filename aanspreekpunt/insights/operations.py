"""Deciding whether the desk settles a kind of question itself, and doing so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.catalogue.settling import let_desk_settle
from aanspreekpunt.insights.access import may_carry_out, may_decide
from aanspreekpunt.insights.models import Decision
from aanspreekpunt.insights.queries import latest_decision
from aanspreekpunt.insights.refusals import NoReasonGiven, NothingToCarryOut, NotYoursToDecide
from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Employee


@transaction.atomic
def decide(*, product: Product, kind: str, answer: str, reason: str, by: Employee, at: datetime) -> Decision:
    """Decide whether the desk settles this kind of question itself: yes, no or later; the last two with a reason.

    The product stays as it is until the functional administrator carries it out.
    """
    if not may_decide(by, product):
        raise NotYoursToDecide
    if answer != Decision.Answer.YES and not reason.strip():
        raise NoReasonGiven
    decision = Decision.objects.create(
        product=product,
        kind=kind,
        answer=Decision.Answer(answer),
        reason=reason.strip(),
        decided_by=by,
        decided_at=at,
    )
    data = {"kind": kind, "answer": answer}
    record("desk_work.decided", subject=product, text=decision.reason, team_id=product.team_id, data=data, by=by, at=at)
    return decision


@transaction.atomic
def carry_out(*, product: Product, kind: str, by: Employee, at: datetime) -> Decision:
    """Let the desk settle this kind of question from now on, as was decided."""
    if not may_carry_out(by, product):
        raise NotYoursToDecide
    latest = latest_decision(product, kind)
    decision = Decision.objects.select_for_update().get(pk=latest.pk) if latest else None
    if decision is None or decision.answer != Decision.Answer.YES or decision.carried_out_at is not None:
        raise NothingToCarryOut
    let_desk_settle(product=product, kind=kind, by=by, at=at)
    decision.carried_out_by, decision.carried_out_at = by, at
    decision.save(update_fields=["carried_out_by", "carried_out_at"])
    return decision
