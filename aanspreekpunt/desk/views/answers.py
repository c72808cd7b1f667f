"""The list of answers, and one answer with everything about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from aanspreekpunt.catalogue.queries import products_for_choice
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.editing.acting import ACTIONS, IN_ORDER
from aanspreekpunt.desk.editing.choice import AnswerChoice, number_in
from aanspreekpunt.desk.editing.comparing import changes
from aanspreekpunt.desk.editing.doors import refuse_outsiders, visible_answer, written_answer
from aanspreekpunt.desk.editing.rows import answer_rows, rank_names
from aanspreekpunt.desk.trails import keep_trail
from aanspreekpunt.knowledge.access import articles_written_by, is_editor
from aanspreekpunt.knowledge.queries.histories import version_numbered
from aanspreekpunt.knowledge.queries.lists import answers_for_editor, answers_for_reader, owners_of_answers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from aanspreekpunt.desk.editing.acting import AnswerAction
    from aanspreekpunt.desk.editing.one_answer import OneAnswer

PAGE = 30
UNPROCESSABLE = 422


@require_GET
@staff_view()
def show_answers(request: StaffRequest) -> HttpResponse:
    """Show the answers this employee may write, most in need first; to who may not, those that readers see."""
    refuse_outsiders(request)
    choice, today = AnswerChoice.read(request.GET), timezone.localdate()
    writes = is_editor(request.user) or (request.GET.get("who") == "mine" and _owns_answers(request))
    show = choice.show_to(request.user.pk)
    if writes:
        found = answers_for_editor(request.user, show=show, on=today, after=choice.place, limit=PAGE + 1)
    else:
        found = answers_for_reader(show=show, on=today, after=choice.place, limit=PAGE + 1)
    context = {
        "rows": answer_rows(found[:PAGE], reader=request.user, on=today, is_editor=writes),
        "next_page": choice.address(found[PAGE - 1].place) if len(found) > PAGE else "",
        "choice": choice,
        "writes": writes,
        "is_editor": is_editor(request.user),
        "states": rank_names() if writes else [],
        "owners": owners_of_answers() if writes else [],
        "products": products_for_choice(),
    }
    return render(request, "desk/answers/list.html", context)


@require_GET
@staff_view()
def show_answer(request: StaffRequest, key: str) -> HttpResponse:
    """Show one answer as readers see it; to who may write it, with its versions and the work it makes."""
    answer = visible_answer(request, key, versions_below=number_in(request.GET.get("onder", "")))
    keep_trail(request.session, key=key, trail=request.GET.get("via", ""), at=answer.now)
    return _show(request, answer)


@require_GET
@staff_view()
def show_differences(request: StaffRequest, key: str) -> HttpResponse:
    """Show what changed from one version of an answer to another."""
    answer = written_answer(request, key)
    old = version_numbered(answer.article, number_in(request.GET.get("van", "")) or 0)
    new = version_numbered(answer.article, number_in(request.GET.get("naar", "")) or 0)
    if old is None or new is None:
        raise Http404
    context = {"answer": answer, "old": old, "new": new, "changes": changes(old.content(), new.content())}
    return render(request, "desk/answers/differences.html", context)


@staff_view()
def act_on_answer(request: StaffRequest, key: str, verb: str) -> HttpResponse:
    """Show the form of one action on an answer, or do it; what was typed stays when it is refused."""
    action = ACTIONS.get(verb)
    if action is None:
        raise Http404
    answer = written_answer(request, key)
    if request.method != "POST":
        return _show(request, answer, None if action.is_at_once or not action.is_offered(answer) else action(answer))
    form = action(answer, request.POST)
    if not form.is_valid():
        return _show(request, answer, form)
    try:
        form.perform(by=request.user, at=answer.now)
    except Refusal as refusal:
        return _refused(request, answer, form, refusal)
    messages.success(request, str(action.done))
    return redirect("desk:answer", key)


def _refused(request: StaffRequest, answer: OneAnswer, form: AnswerAction, refusal: Refusal) -> HttpResponse:
    if form.is_at_once:
        messages.error(request, str(refusal))
        return redirect("desk:answer", answer.article.key)
    form.add_error(None, str(refusal))
    return _show(request, written_answer(request, answer.article.key), form)


def _show(request: StaffRequest, answer: OneAnswer, form: AnswerAction | None = None) -> HttpResponse:
    offered = [action for action in IN_ORDER if action.is_offered(answer)] if answer.writes else []
    context = {
        "answer": answer,
        "actions": [action(answer) for action in offered if action.is_shown_among_others],
        "may_restore": any(action.verb == "restore" for action in offered),
        "form": form,
    }
    status = UNPROCESSABLE if form is not None and form.is_bound and form.errors else 200
    return render(request, "desk/answers/answer.html", context, status=status)


def _owns_answers(request: StaffRequest) -> bool:
    return articles_written_by(request.user).exists()
