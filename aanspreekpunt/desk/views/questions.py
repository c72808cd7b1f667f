"""One question: its timeline, its promise, who asks, and everything one can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import POLL_HEADER, StaffRequest, staff_view, visible_question
from aanspreekpunt.desk.actions import ACTIONS
from aanspreekpunt.desk.actions.letters import Letter
from aanspreekpunt.desk.filters import own_channels_of, own_team_ids, queue_team_ids
from aanspreekpunt.desk.looks import LOOKS_COUNT_AS_ONE_FOR
from aanspreekpunt.desk.pages import page_of
from aanspreekpunt.desk.scene import Scene
from aanspreekpunt.desk.trails import take_trails
from aanspreekpunt.desk.versions import version_of_question
from aanspreekpunt.journal.operations import record_look_once
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.access import colleagues_who_see, may_see
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.operations import read_mentions
from aanspreekpunt.queues.operations import read_news, show_presence
from aanspreekpunt.queues.queries import Filter, questions_waiting_for

if TYPE_CHECKING:
    from aanspreekpunt.desk.actions.base import Action

PURPOSE = "vraag behandelen"
COLLEAGUES_SHOWN = 8
LONGEST_NAME = 100


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_question(request: StaffRequest, reference: str) -> HttpResponse:
    """Show a question; that somebody looked is written in the access log."""
    return _show(request, _looked_at(request, reference))


@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def act(request: StaffRequest, reference: str, verb: str) -> HttpResponse:
    """Show the form of one action, or do it; what was typed stays when it is refused."""
    action = ACTIONS.get(verb)
    if action is None:
        raise Http404
    if request.method != "POST":
        scene = _looked_at(request, reference)
        return _show(request, scene, _blank(request, scene, action))
    scene = _scene(request, reference)
    if issubclass(action, Letter) and action.only_changes(request.POST):
        return _show(request, scene, action.changed(scene, request.POST, request.FILES))
    form = action(scene, request.POST, request.FILES)
    if not form.is_valid() or "preview" in request.POST:
        return _show(request, scene, form)
    form.searched = take_trails(request.session, keys=request.POST.get("article", "").split(), at=scene.now)
    try:
        form.perform(by=request.user, at=scene.now)
    except Refusal as refusal:
        return _show_refused(request, scene, form, refusal)
    messages.success(request, str(action.done))
    return _go_on(request, scene.question)


def _blank(request: StaffRequest, scene: Scene, action: type[Action]) -> Action | None:
    """Return the empty form of an action; None when it has none or makes no sense now."""
    return None if action.is_at_once or not action.is_offered(scene) else action(scene, hints=request.GET)


@require_POST
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_question_news(request: StaffRequest, reference: str) -> HttpResponse:
    """Show that one looks at this question, and say who else does and whether anything happened since version `v`."""
    question = visible_question(request, reference)
    is_typing = request.POST.get("typing") == "yes"
    present = show_presence(question=question, is_typing=is_typing, by=request.user, at=timezone.now())
    version = version_of_question(Question.objects.filter(pk=question.pk))
    is_same = version == request.POST.get("v")
    response = render(request, "desk/questions/presence.html", {"present": present})
    response["X-Version"] = version
    response["X-Same"] = "yes" if is_same else "no"
    return response


@require_POST
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def suggest_colleagues(request: StaffRequest, reference: str) -> HttpResponse:
    """Give the colleagues who may be meant by the beginning of a name, of those who may see this question."""
    question = visible_question(request, reference)
    name = request.POST.get("name", "")[:LONGEST_NAME]
    found = [each for each in colleagues_who_see(question, named=name, limit=COLLEAGUES_SHOWN) if each != request.user]
    return render(request, "desk/questions/colleagues.html", {"colleagues": found})


@require_GET
@staff_view(Permission.WORK_ON_QUESTIONS)
def open_next(request: StaffRequest) -> HttpResponse:
    """Open the most urgent question of one's own channels that nobody has in hand yet."""
    from_teams = queue_team_ids(request)
    waiting = Filter(state="waiting", channels=own_channels_of(request.user), only_unheld=True)
    found = questions_waiting_for(from_teams, own_team_ids=own_team_ids(request.rights), show=waiting, limit=1)
    return redirect("desk:question", found[0].reference) if found else redirect("desk:queue")


def _scene(request: StaffRequest, reference: str) -> Scene:
    version = version_of_question(Question.objects.filter(reference=reference))
    return Scene(visible_question(request, reference), request.user, timezone.now(), version)


def _looked_at(request: StaffRequest, reference: str) -> Scene:
    """Note that somebody looks at this question, unless his screen asks by itself, and return what he sees."""
    scene = _scene(request, reference)
    if request.headers.get(POLL_HEADER):
        return scene
    question, reader, now = scene.question, scene.reader, scene.now
    record_look_once(subject=question, purpose=PURPOSE, since=now - LOOKS_COUNT_AS_ONE_FOR, by=reader, at=now)
    read_mentions(question=question, by=reader, at=now)
    if question.has_news and scene.is_mine:
        read_news(question=question, by=reader, at=now)
        scene = _scene(request, reference)
        scene.question.has_news = True  # to be told this once
    return scene


def _show(request: StaffRequest, scene: Scene, form: Action | None = None) -> HttpResponse:
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "desk/questions/question.html", page_of(request, scene, form), status=status)


def _show_refused(request: StaffRequest, scene: Scene, form: Action, refusal: Refusal) -> HttpResponse:
    """Show the question as it is by now, with the reason and everything that was typed."""
    if form.is_at_once:
        messages.error(request, str(refusal))
        return _go_on(request, scene.question)
    form.add_error(None, str(refusal))
    return _show(request, _scene(request, scene.question.reference), form)


def _go_on(request: StaffRequest, question: Question) -> HttpResponse:
    """Go back to the question, or to the queue when it went out of sight."""
    question.refresh_from_db()
    if may_see(request.user, question):
        return redirect("desk:question", question.reference)
    return redirect("desk:queue")
