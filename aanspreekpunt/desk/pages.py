"""Everything the page of a question shows, gathered in one place."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.forms import readable_answers
from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.desk.actions import IN_ORDER
from aanspreekpunt.desk.filters import own_team_ids, queue_team_ids
from aanspreekpunt.desk.rows import limits_of, rows_of, urgency_labels
from aanspreekpunt.desk.times import day_and_time, time_left, window_in_words
from aanspreekpunt.organisation.queries import calendar_of, teams
from aanspreekpunt.promises.letters import TAKE_BACK_WITHIN
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.queries import asked_elsewhere, letter_to_take_back
from aanspreekpunt.promises.rules.urgency import urgency
from aanspreekpunt.promises.timeline.staff import lines_for_staff
from aanspreekpunt.questions.access import may_release_files
from aanspreekpunt.questions.mails import from_unknown_addresses
from aanspreekpunt.questions.queries import actors_by_contact, links_of, question_it_goes_on_in
from aanspreekpunt.queues.operations import show_presence
from aanspreekpunt.queues.queries import questions_held_by, questions_waiting_for
from aanspreekpunt.search.queries import answers_for_story

if TYPE_CHECKING:
    from aanspreekpunt.desk.access import StaffRequest
    from aanspreekpunt.desk.actions.base import Action
    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.promises.timeline.staff import StaffLine

WAITING_SHOWN = 15
HELD_SHOWN = 10


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """The open promise in words."""

    sentence: str
    time_left: str
    urgency: str
    urgency_label: str
    phone: str


def page_of(request: StaffRequest, scene: Scene, form: Action | None) -> dict[str, Any]:
    """Return what the page of a question shows to who looks at it now."""
    question = scene.question
    lines = lines_for_staff(question, reader=scene.reader)
    contacts = [line.contact for line in lines if line.contact]
    preview = getattr(form, "preview", None) if form is not None and "preview" in request.POST else None
    return {
        "question": question,
        "scene": scene,
        "form": form,
        "preview": preview() if preview and form is not None and form.is_valid() else None,
        "actions": [action for action in IN_ORDER if action.is_offered(scene)],
        "lines": lines,
        **_going_out(scene, lines),
        "strangers": from_unknown_addresses(contacts, question=question),
        "may_release": may_release_files(scene.reader, question),
        "first_contact": next(iter(contacts), None),
        "dealt_with": actors_by_contact(contacts),
        "articles": answers_for_story(
            question.subject, product_key=question.product.key if question.product else ""
        ).results,
        "promise": promise_in_words(scene),
        "handover": scene.handovers[-1] if scene.handovers else None,
        "asked_elsewhere": asked_elsewhere(question, shown=scene.handovers),
        "given": _given_to_reader(scene, lines),
        "answers": readable_answers(question.product, question.form_data, get_language() or "nl"),
        "customer": scene.customer,
        "customer_phone": format_phone_number(scene.customer.phone) if scene.customer.phone else "",
        "goes_on_in": question_it_goes_on_in(question, visible_to=scene.reader) if question.duplicate_of_id else None,
        "links": links_of(question, visible_to=scene.reader),
        "history": scene.history,
        "present": show_presence(question=question, by=scene.reader, at=scene.now),
        "version": scene.version,
        **_beside(request, scene),
    }


def _beside(request: StaffRequest, scene: Scene) -> dict[str, Any]:
    """Return what waits and what is in hand, for the column beside the question."""
    own = own_team_ids(request.rights)
    team_ids = queue_team_ids(request) or own
    limits = limits_of(teams(), now=scene.now)
    waiting = questions_waiting_for(team_ids, own_team_ids=own, limit=WAITING_SHOWN)
    held = questions_held_by(request.user.pk, limit=HELD_SHOWN)
    return {
        "rows": rows_of(waiting, limits=limits, reader=request.user, now=scene.now),
        "held": rows_of(held, limits=limits, reader=request.user, now=scene.now),
    }


def _going_out(scene: Scene, lines: list[StaffLine]) -> dict[str, Any]:
    """Return what the reader just wrote and may still take back, and in how many seconds it goes out."""
    contacts = [line.contact for line in lines if line.contact]
    letter = letter_to_take_back(contacts, question=scene.question, by=scene.reader, at=scene.now)
    if letter is None:
        return {}
    left = letter.occurred_at + TAKE_BACK_WITHIN - scene.now
    return {"going_out": letter, "going_out_in": max(ceil(left.total_seconds()), 1)}


def _given_to_reader(scene: Scene, lines: list[StaffLine]) -> StaffLine | None:
    """Return the line in which a colleague put the question in the reader's hands; None when he took it himself."""
    if not scene.is_mine:
        return None
    came = next((line for line in reversed(lines) if line.event in {"question.given", "question.taken"}), None)
    return came if came and came.event == "question.given" else None


def promise_in_words(scene: Scene) -> PromiseShown | None:
    """Return the open promise as one says it; None when the question is settled."""
    promise = scene.promise
    if promise is None:
        return None
    team, now = promise.team.shown_name, scene.now
    band: str = urgency(due_at=promise.due_at, at=now, calendar=calendar_of(promise.team))
    if promise.kind == Promise.Kind.WAIT_FOR_REPLY:
        band = "rests"
        sentence = _("We wait for the resident until %(when)s. Then %(team)s goes on.")
    elif promise.kind == Promise.Kind.CALLBACK and promise.starts_at:
        sentence = _("%(team)s calls back %(window)s.")
    else:
        sentence = _("%(team)s answers before %(when)s.")
    when, left = day_and_time(promise.due_at, now=now), time_left(promise.due_at, now=now)
    window = window_in_words(promise.starts_at, promise.due_at, now=now) if promise.starts_at else ""
    return PromiseShown(
        sentence % {"team": team, "when": when, "window": window},
        "" if left == when else left,
        band,
        urgency_labels()[band],
        format_phone_number(promise.phone) if promise.phone else "",
    )
