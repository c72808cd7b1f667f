"""Proposing a better answer, judging proposals, and hearing what became of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.editing.choice import number_in, proposal_place
from aanspreekpunt.desk.editing.doors import refuse_outsiders
from aanspreekpunt.desk.editing.proposing import ProposalForm, occasion_of
from aanspreekpunt.knowledge.access import is_editor
from aanspreekpunt.knowledge.operations.proposals import accept_proposal, decline_proposal, note_heard
from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.knowledge.queries.work import may_judge, proposal_for, proposals_made_by, proposals_to_judge
from aanspreekpunt.questions.access import questions_visible_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from aanspreekpunt.knowledge.models import Proposal

PAGE = 30
OWN_SHOWN = 20
UNPROCESSABLE = 422


@require_GET
@staff_view()
def show_proposals(request: StaffRequest) -> HttpResponse:
    """Show the proposals one has to judge, and what became of one's own."""
    refuse_outsiders(request)
    after = proposal_place(request.GET.get("after", ""))
    only_own = request.GET.get("who") == "mine"
    found = proposals_to_judge(request.user, only_own=only_own, after=after, limit=PAGE + 1)
    own = proposals_made_by(request.user, below=number_in(request.GET.get("onder", "")), limit=OWN_SHOWN + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "proposals": found[:PAGE],
        "next_page": f"?after={last.due_on.isoformat()}_{last.pk}{'&who=mine' if only_own else ''}" if last else "",
        "own": own[:OWN_SHOWN],
        "next_own": f"?onder={own[OWN_SHOWN - 1].pk}" if len(own) > OWN_SHOWN else "",
        "only_own": only_own,
        "is_editor": is_editor(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "desk/proposals/list.html", context)


@require_GET
@staff_view()
def show_proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one proposal, to its proposer and to who may judge it."""
    return _show(request, _mine(request, pk))


@staff_view()
def propose(request: StaffRequest) -> HttpResponse:
    """Propose a better answer, or one that is missing."""
    refuse_outsiders(request)
    occasion = occasion_of(request)
    form = ProposalForm(occasion, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = form.perform(by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Thank you. %(name)s judges it; you hear of it on your start screen.")
            messages.success(request, said % {"name": proposal.owner.name})
            return redirect(occasion.back_to)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "desk/proposals/propose.html", {"form": form, "occasion": occasion}, status=status)


@require_POST
@staff_view()
def judge(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a proposal over, which opens the editor with it, or decline it with the reason."""
    proposal = _mine(request, pk)
    if not may_judge(request.user, proposal):
        raise Http404
    reply, at = cleaned(request.POST.get("reply", ""))[:2_000], timezone.now()
    is_taken_over = request.POST.get("do") == "accept"
    decide = accept_proposal if is_taken_over else decline_proposal
    try:
        decided = decide(proposal=proposal, reply=reply, by=request.user, at=at)
    except Refusal as refusal:
        return _show(request, _mine(request, pk), reply=reply, problem=str(refusal))
    messages.success(request, _("%(name)s hears of it.") % {"name": proposal.proposed_by.name})
    return redirect(_editor_for(decided) if is_taken_over else reverse("desk:proposals"))


@require_POST
@staff_view()
def hear(request: StaffRequest) -> HttpResponse:
    """Note that one saw what became of one's proposals."""
    note_heard(by=request.user, at=timezone.now())
    return redirect("desk:home")


def _editor_for(proposal: Proposal) -> str:
    """Return where one writes what was proposed: the answer it is about, else a new one."""
    article = proposal.article
    address = reverse("desk:edit-answer", args=[article.key]) if article else reverse("desk:new-answer")
    return f"{address}?voorstel={proposal.pk}"


def _mine(request: StaffRequest, pk: int) -> Proposal:
    refuse_outsiders(request)
    proposal = proposal_for(request.user, pk=pk)
    if proposal is None:
        raise Http404
    return proposal


def _show(request: StaffRequest, proposal: Proposal, *, reply: str = "", problem: str = "") -> HttpResponse:
    visible = questions_visible_to(request.user).filter(pk=proposal.question_id) if proposal.question_id else None
    context = {
        "proposal": proposal,
        "judges": may_judge(request.user, proposal) and proposal.decided_at is None,
        "goes_on": may_judge(request.user, proposal) and proposal.state == proposal.State.ACCEPTED,
        "editor_address": _editor_for(proposal),
        "shown": article_shown(proposal.article.key) if proposal.article else None,
        "product": product_named(proposal.product_key),
        "question": visible.first() if visible is not None else None,
        "reply": reply,
        "problem": problem,
        "today": timezone.localdate(),
    }
    return render(request, "desk/proposals/proposal.html", context, status=UNPROCESSABLE if problem else 200)
