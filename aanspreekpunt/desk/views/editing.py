"""Writing an answer beside its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanspreekpunt.catalogue.queries import search_upl
from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.editing.choice import number_in
from aanspreekpunt.desk.editing.comparing import changes
from aanspreekpunt.desk.editing.doors import refuse_all_but_editors, refuse_outsiders, written_answer
from aanspreekpunt.desk.editing.form import AnswerForm
from aanspreekpunt.desk.editing.preview import preview_of
from aanspreekpunt.desk.editing.saving import save
from aanspreekpunt.desk.editing.starting import begun_from, own_teams_of
from aanspreekpunt.knowledge.access import is_editor, may_approve
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.operations.scratches import keep_scratch, scratch_of, throw_scratch_away
from aanspreekpunt.knowledge.queries.local_values import values_to_insert
from aanspreekpunt.knowledge.queries.work import proposal_for
from aanspreekpunt.knowledge.refusals import SomebodyElseSaved

if TYPE_CHECKING:
    from aanspreekpunt.desk.editing.one_answer import OneAnswer

NO_CONTENT, CONFLICT, TOO_LARGE, UNPROCESSABLE = 204, 409, 413, 422
LONGEST_QUERY, UPL_SHOWN = 100, 8
LARGEST_KEPT = 300_000
"""Letters of a form that are kept while somebody types; longer ones are refused when they are saved anyway."""


@staff_view()
def write_new_answer(request: StaffRequest) -> HttpResponse:
    """Write the first version of an answer."""
    refuse_all_but_editors(request)
    return _write(request, None)


@staff_view()
def edit_answer(request: StaffRequest, key: str) -> HttpResponse:
    """Write the next version of an answer."""
    return _write(request, written_answer(request, key))


@require_POST
@staff_view()
def show_preview(request: StaffRequest) -> HttpResponse:
    """Show what readers will see of what is typed, and how it reads; asked for by the screen itself."""
    refuse_outsiders(request)
    form = AnswerForm.as_typed(request.POST)
    return render(
        request,
        "desk/answers/preview.html",
        {"preview": preview_of(form.typed), "edits_values": is_editor(request.user)},
    )


@require_POST
@staff_view()
def suggest_upl(request: StaffRequest) -> HttpResponse:
    """Show the product names of the government that fit what is typed; asked for by the screen itself."""
    refuse_outsiders(request)
    typed = cleaned(request.POST.get("upl_query", "")[:LONGEST_QUERY]).strip()
    context = {"typed": typed, "names": search_upl(typed, limit=UPL_SHOWN) if typed else []}
    return render(request, "desk/answers/upl_options.html", context)


@require_POST
@staff_view()
def keep_typed_new(request: StaffRequest) -> HttpResponse:
    """Keep what is typed of a new answer; asked for by the screen itself, a moment after each key."""
    refuse_all_but_editors(request)
    return _keep(request, None)


@require_POST
@staff_view()
def keep_typed(request: StaffRequest, key: str) -> HttpResponse:
    """Keep what is typed of the next version of an answer; asked for by the screen itself."""
    return _keep(request, written_answer(request, key))


def _keep(request: StaffRequest, answer: OneAnswer | None) -> HttpResponse:
    typed = {name: request.POST.getlist(name) for name in AnswerForm.base_fields if name in request.POST}
    if sum(len(text) for texts in typed.values() for text in texts) > LARGEST_KEPT:
        return HttpResponse(status=TOO_LARGE)
    clean = {name: [text.replace("\x00", "") for text in texts] for name, texts in typed.items()}
    article = answer.article if answer else None
    keep_scratch(article=article, fields=clean, by=request.user, at=timezone.now())
    return HttpResponse(status=NO_CONTENT)


def _write(request: StaffRequest, answer: OneAnswer | None) -> HttpResponse:
    article = answer.article if answer else None
    if request.method != "POST":
        return _begin(request, answer)
    command = request.POST.get("do", "save")
    if command == "throw-away":
        throw_scratch_away(article=article, by=request.user)
        return redirect("desk:answer", article.key) if article else redirect("desk:answers")
    if command == "preview":
        return _show(request, answer, AnswerForm.as_typed(request.POST))
    return _save(request, answer, command)


def _begin(request: StaffRequest, answer: OneAnswer | None) -> HttpResponse:
    """Open the form: with what was typed and not saved, else with the newest text, or from a proposal or a search."""
    scratch = scratch_of(request.user, answer.article if answer else None)
    proposal = number_in(request.GET.get("voorstel", ""))
    if scratch is not None:
        form = AnswerForm.as_kept(scratch.fields)
    elif answer is not None:
        form = AnswerForm.of(Content.of(answer.newest), answer.base, proposal=proposal)
    else:
        proposed = proposal_for(request.user, pk=proposal) if proposal else None
        form = AnswerForm(initial=begun_from(proposed, searched=request.GET.get("vraag", ""), by=request.user))
    return _show(request, answer, form, kept_at=scratch.saved_at if scratch else None)


def _save(request: StaffRequest, answer: OneAnswer | None, command: str) -> HttpResponse:
    form, at = AnswerForm(request.POST, newest=answer.newest if answer else None), timezone.now()
    article = answer.article if answer else None
    if not form.is_valid():
        _keep(request, answer)
        return _show(request, answer, form, status=UNPROCESSABLE)
    try:
        saved = save(form=form, article=article, command=command, by=request.user, at=at)
    except SomebodyElseSaved as refusal:
        _keep(request, answer)
        return _show_both(request, answer, form, refusal)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, answer, form, status=UNPROCESSABLE)
    if saved.refusal is not None:
        messages.warning(request, _("Saved, but it goes no further yet: %(why)s") % {"why": saved.refusal})
    else:
        messages.success(request, _said(command))
    return redirect("desk:answer", saved.version.article.key)


def _said(command: str) -> str:
    return {
        "publish": _("Saved and published. Everybody reads this version now."),
        "submit": _("Saved and handed in. A content editor reads it and publishes it."),
    }.get(command, _("Saved as a draft. Readers still see the version that is published."))


def _show_both(
    request: StaffRequest, answer: OneAnswer | None, form: AnswerForm, refusal: SomebodyElseSaved
) -> HttpResponse:
    """Show what somebody else saved beside what was typed here; saving once more puts the typed text over it."""
    theirs = refusal.newest
    again = form.on_newest(theirs)
    again.is_valid()
    again.add_error(None, str(refusal))
    both = {"theirs": theirs, "changes": changes(theirs.content(), form.content.columns())}
    return _show(request, answer, again, status=CONFLICT, conflict=both)


def _show(
    request: StaffRequest, answer: OneAnswer | None, form: AnswerForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    number = number_in(form.typed("proposal"))
    context = {
        "answer": answer,
        "form": form,
        "preview": preview_of(form.typed),
        "edits_values": is_editor(request.user),
        "values": values_to_insert(on=timezone.localdate()),
        "proposal": proposal_for(request.user, pk=number) if number else None,
        "approves": answer.approves if answer else may_approve(request.user, team_keys=own_teams_of(request.user)),
        **more,
    }
    return render(request, "desk/answers/edit.html", context, status=status)
