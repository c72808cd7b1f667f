"""What other systems can do to questions by way of their tasks, as moves that a random player can make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.organisation.actors import ActorGiven, make_actor
from aanspreekpunt.organisation.models import ActorRecord
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Task
from aanspreekpunt.promises.operations import TaskChange, TaskGiven
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations import add_participant, link_subject, register_contact
from aanspreekpunt.questions.refusals import NotPossibleNow

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.promises.tests.moves import Move

KISS = PlainActor("token", 1, "Contact desktop")


def actors(m: Move) -> tuple[ActorRecord, ...]:
    """Return who is named for a task: a team of ours, somebody who works here, somebody we do not know, or nobody."""
    known = list(ActorRecord.objects.select_related("team", "employee").filter(team__in=m.stage.teams).order_by("id"))
    person = m.stage.people[m.turn.other % len(m.stage.people)]
    of_person = list(ActorRecord.objects.select_related("team", "employee").filter(employee=person))
    stranger = make_actor(given=ActorGiven(name="Onbekend", kind="unit"), by=KISS, at=m.at)
    team = known[m.turn.team % len(known)]
    choices: list[tuple[Any, ...]] = [(team,), (team, *of_person), tuple(of_person), (stranger, team), (stranger,), ()]
    return tuple(choices[m.turn.moment % len(choices)])


def contact_elsewhere(m: Move, secret: str) -> Contact:
    """Return a contact that another system just registered, now and then with who took part in it."""
    facts: dict[str, Any] = {
        "told_channel": m.channel,
        "subject": secret,
        "text": secret,
        "reply": secret if m.turn.other % 5 == 0 else "",
        "is_confidential": m.turn.yes and m.turn.which % 3 == 0,
    }
    contact = register_contact(told=facts, by=KISS, at=m.at)  # type: ignore[arg-type]  # facts are given by name
    if m.turn.channel % 2:
        add_participant(told={"contact": contact, "last_name": "Deurne", "is_initiator": True}, by=KISS, at=m.at)
    return contact


def given(m: Move, contact: Contact, secret: str, *, is_done: bool) -> Task:
    """Give us a task because of this contact."""
    task = TaskGiven(contact=contact, asked=secret, note=secret, actors=actors(m), is_done=is_done)
    return operations.add_task(given=task, by=KISS, at=m.at)


def register(secret: str) -> Callable[[Move], object]:
    """Return the move in which another system makes a question of a contact."""

    def move(m: Move) -> Question:
        task = given(m, contact_elsewhere(m, secret), secret, is_done=m.turn.other % 7 == 0)
        m.stage.ids.append(task.question_id)
        return task.question

    return move


def ask_more(secret: str) -> Callable[[Move], object]:
    """Return the move in which another system gives one more task on a question."""

    def move(m: Move) -> object:
        contact = Contact.objects.filter(question=m.question()).order_by("pk").first()
        if contact is None:
            raise NotPossibleNow
        return given(m, contact, secret, is_done=m.turn.other % 7 == 0)

    return move


def change(**wanted: Callable[[Move], Any]) -> Callable[[Move], object]:
    """Return the move in which another system changes a task."""

    def move(m: Move) -> object:
        values = {name: value(m) for name, value in wanted.items()}
        return operations.change_task(task=a_task(m), change=TaskChange(**values), by=KISS, at=m.at)

    return move


def remove(m: Move) -> object:
    """Let another system remove a task."""
    return operations.remove_task(task=a_task(m), by=KISS, at=m.at)


def reply(secret: str) -> Callable[[Move], object]:
    """Return the move in which another system notes that it tried to reach the resident."""

    def move(m: Move) -> object:
        first = Contact.objects.filter(question=m.question()).order_by("pk").first()
        said = contact_elsewhere(m, secret)
        Contact.objects.filter(pk=said.pk).update(has_succeeded=m.turn.yes)
        said.refresh_from_db()
        if first is None:
            raise NotPossibleNow
        link_subject(told={"contact": said, "was_contact": first}, by=KISS, at=m.at)
        return operations.join_reply(reply=said, to=first, by=KISS, at=m.at)

    return move


def become_known(m: Move) -> object:
    """Let another system say afterwards who took part."""
    first = Contact.objects.filter(question=m.question()).order_by("pk").first()
    if first is None:
        raise NotPossibleNow
    told: Any = {"contact": first, "last_name": "Deurne", "is_initiator": True}
    someone = add_participant(told=told, by=KISS, at=m.at)
    someone.email = "karel@example.org"
    someone.save()
    return operations.participant_joined(contact=first, by=KISS, at=m.at)


def a_task(m: Move) -> Task:
    """Return a task of the question."""
    found = list(Task.objects.filter(question=m.question()).order_by("id"))
    if not found:
        raise NotPossibleNow
    return found[m.turn.moment % len(found)]


def moves(secret: str) -> tuple[dict[str, Callable[[Move], object]], dict[str, Callable[[Move], object]]]:
    """Return what registers a question, and what does something to one."""
    registering = {"register_elsewhere": register(secret)}
    working: dict[str, Callable[[Move], object]] = {
        "ask_more_elsewhere": ask_more(secret),
        "pass_on_elsewhere": change(actors=actors),
        "end_elsewhere": change(is_done=lambda _: True, asked=lambda _: secret),
        "open_elsewhere": change(is_done=lambda _: False),
        "pass_on_and_open_elsewhere": change(actors=actors, is_done=lambda m: m.turn.yes),
        "remove_elsewhere": remove,
        "reply_elsewhere": reply(secret),
        "become_known_elsewhere": become_known,
    }
    return registering, working
