"""Front or back: what the desk hands over and could settle itself, what was decided, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.kinds import kind_names
from aanspreekpunt.insights.access import may_carry_out, may_decide, products_with_figures_for
from aanspreekpunt.insights.models import Decision
from aanspreekpunt.insights.operations import carry_out, decide
from aanspreekpunt.insights.queries import (
    decisions_to_carry_out,
    examples_for,
    latest_decision,
    proposals_for,
    weeks_of,
)
from aanspreekpunt.insights.rules import average, before_and_after
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.insights.rules import Week

LONGEST_REASON = 2000
UNPROCESSABLE = 422


@require_safe
@staff_view(Permission.SEE_FIGURES, Permission.ADMINISTER)
def show_proposals(request: StaffRequest) -> HttpResponse:
    """Show what could move to the desk, most first, and which decisions still have to be carried out."""
    now, names = timezone.now(), kind_names()
    found = proposals_for(request.user, at=now)
    context = {
        "to_decide": [(each, names[each.kind]) for each in found if each.is_to_decide(at=now)],
        "decided": [(each, names[each.kind]) for each in found if not each.is_to_decide(at=now)],
        "to_carry_out": [(each, names[each.kind]) for each in decisions_to_carry_out(request.user)],
        "answers": answer_names(),
    }
    return render(request, "desk/insights/insights.html", context)


@staff_view(Permission.SEE_FIGURES, Permission.ADMINISTER)
def show_proposal(request: StaffRequest, product: str, kind: str) -> HttpResponse:
    """Show one kind of question about a product week by week with examples; or decide about it, or carry that out."""
    found = products_with_figures_for(request.user).select_related("team").filter(key=product).first()
    if found is None or kind not in kind_names():
        raise Http404
    if request.method != "POST":
        return _show(request, found, kind)
    try:
        said = _do(request, found, kind)
    except Refusal as refusal:
        return _show(request, found, kind, problem=str(refusal))
    messages.success(request, said)
    return redirect("desk:insight", found.key, kind)


def _do(request: StaffRequest, product: Product, kind: str) -> str:
    answer = request.POST.get("answer", "")
    if answer == "carry_out":
        carry_out(product=product, kind=kind, by=request.user, at=timezone.now())
        return _("From now on the desk may settle this.")
    if answer not in Decision.Answer.values:
        raise Http404
    reason = request.POST.get("reason", "").replace("\x00", "")[:LONGEST_REASON]
    decide(product=product, kind=kind, answer=answer, reason=reason, by=request.user, at=timezone.now())
    return _("Your decision is written down.")


def _show(request: StaffRequest, product: Product, kind: str, *, problem: str = "") -> HttpResponse:
    weeks = weeks_of(product, kind, at=timezone.now())
    decision = latest_decision(product, kind)
    context = {
        "product": product,
        "kind": kind,
        "kind_name": kind_names()[kind],
        "weeks": weeks,
        "average": average(weeks),
        "examples": examples_for(request.user, product, kind),
        "decision": decision,
        "decision_name": answer_names()[decision.answer] if decision else "",
        "may_decide": may_decide(request.user, product),
        "is_to_carry_out": _is_to_carry_out(decision) and may_carry_out(request.user, product),
        "problem": problem,
        "reason": request.POST.get("reason", "") if problem else "",
        **_effect(decision, weeks),
    }
    return render(request, "desk/insights/insight.html", context, status=UNPROCESSABLE if problem else 200)


def _effect(decision: Decision | None, weeks: list[Week]) -> dict[str, Any]:
    """Return how it went before and after it moved; nothing when it did not."""
    if decision is None or decision.carried_out_at is None:
        return {}
    before, after = before_and_after(weeks, moved_on=timezone.localtime(decision.carried_out_at).date())
    return {"before": before, "after": after}


def _is_to_carry_out(decision: Decision | None) -> bool:
    return decision is not None and decision.answer == Decision.Answer.YES and decision.carried_out_at is None


def answer_names() -> dict[str, str]:
    """Return each decision as one says it."""
    return {
        Decision.Answer.YES: _("Yes, the desk settles this"),
        Decision.Answer.NO: _("No, it stays with the department"),
        Decision.Answer.LATER: _("Later"),
    }
