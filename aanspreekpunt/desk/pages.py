"""Everything the page of a question shows, gathered in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.desk.actions import IN_ORDER
from aanspreekpunt.desk.filters import own_team_ids, queue_team_ids
from aanspreekpunt.desk.rows import limits_of, rows_of, urgency_labels
from aanspreekpunt.desk.times import day_and_time, time_left, window_in_words
from aanspreekpunt.journal.queries import version_of
from aanspreekpunt.organisation.queries import calendar_of, teams
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.rules.urgency import urgency
from aanspreekpunt.promises.timeline.staff import lines_for_staff
from aanspreekpunt.questions.queries import first_contact_of, links_of
from aanspreekpunt.queues.operations import show_presence
from aanspreekpunt.queues.queries import questions_held_by, questions_waiting_for

if TYPE_CHECKING:
    from aanspreekpunt.desk.access import StaffRequest
    from aanspreekpunt.desk.actions.base import Action
    from aanspreekpunt.desk.scene import Scene

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


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One field of the product's form, as asked and as answered."""

    label: str
    answer: str


def page_of(request: StaffRequest, scene: Scene, form: Action | None) -> dict[str, Any]:
    """Return what the page of a question shows to who looks at it now."""
    question = scene.question
    preview = getattr(form, "preview", None) if form is not None and "preview" in request.POST else None
    return {
        "question": question,
        "scene": scene,
        "form": form,
        "preview": preview() if preview and form is not None and form.is_valid() else None,
        "actions": [action for action in IN_ORDER if action.is_offered(scene)],
        "lines": lines_for_staff(question, reader=scene.reader),
        "first_contact": first_contact_of(question),
        "promise": promise_in_words(scene),
        "handover": scene.handovers[-1] if scene.handovers else None,
        "answers": answers_of(scene),
        "customer": scene.customer,
        "customer_phone": format_phone_number(scene.customer.phone) if scene.customer.phone else "",
        "links": links_of(question, visible_to=scene.reader),
        "history": scene.history,
        "present": show_presence(question=question, by=scene.reader, at=scene.now),
        "version": version_of(question),
        **_beside(request, scene),
    }


def _beside(request: StaffRequest, scene: Scene) -> dict[str, Any]:
    """Return what waits and what is in hand, for the column beside the question."""
    own = own_team_ids(request.rights)
    team_ids = queue_team_ids(request) or own
    limits = limits_of(teams(), now=scene.now)
    waiting = questions_waiting_for(team_ids, own_team_ids=own, limit=WAITING_SHOWN)
    held = questions_held_by(request.user.pk, own_team_ids=own, limit=HELD_SHOWN)
    return {
        "rows": rows_of(waiting, limits=limits, reader=request.user, now=scene.now),
        "held": rows_of(held, limits=limits, reader=request.user, now=scene.now),
    }


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
    window = window_in_words(promise.starts_at, promise.due_at, now=now) if promise.starts_at else ""
    return PromiseShown(
        sentence % {"team": team, "when": day_and_time(promise.due_at, now=now), "window": window},
        time_left(promise.due_at, now=now),
        band,
        urgency_labels()[band],
        format_phone_number(promise.phone) if promise.phone else "",
    )


def answers_of(scene: Scene) -> list[FormAnswer]:
    """Return what was filled in on the product's form, each with its label; what the form no longer has comes last."""
    question = scene.question
    data = dict(question.form_data)
    fields = question.product.form_fields if question.product else []
    answers = [
        FormAnswer(_label(field), _answer(field, data.pop(field["key"])))
        for field in fields
        if field.get("type") != "explanation" and field.get("key") in data
    ]
    answers += [FormAnswer(key, _plain(value)) for key, value in data.items()]
    return [answer for answer in answers if answer.answer]


def _label(thing: dict[str, Any]) -> str:
    english = thing.get("label_en") if get_language() == "en" else ""
    return str(english or thing.get("label") or thing.get("key") or thing.get("value") or "")


def _answer(field: dict[str, Any], value: Any) -> str:
    if field.get("type") == "yes_no":
        return _("Yes") if value in {True, "yes", "true"} else _("No")
    options = {option.get("value"): _label(option) for option in field.get("options", [])}
    if isinstance(value, list):
        return ", ".join(options.get(each, str(each)) for each in value)
    return options.get(value, value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    """Return a value as text, whatever its form: an address comes in parts."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return " ".join(_plain(part) for part in value.values() if part not in {None, ""})
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return "" if value is None else str(value)
