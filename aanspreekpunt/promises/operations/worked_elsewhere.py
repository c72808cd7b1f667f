"""What other systems do to a task: pass it on, end it, open it again, change its words, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.promises.models import Handover, Task, TaskActor
from aanspreekpunt.promises.operations.answering import end_question
from aanspreekpunt.promises.operations.asked_elsewhere import numbered_once, task_line
from aanspreekpunt.promises.operations.following import follow_actors, hand_leadership_to, reopen_elsewhere
from aanspreekpunt.promises.operations.heard_elsewhere import keeps_promise, outcome_of, take_in
from aanspreekpunt.promises.operations.tasking import begin_task, name_actors, next_task
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations import locked

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import ActorRecord


@dataclass(frozen=True, kw_only=True)
class TaskChange:
    """What another system changes of a task; what is None stays as it is."""

    contact: Contact | None = None
    actors: tuple[ActorRecord, ...] | None = None
    asked: str | None = None
    note: str | None = None
    number: str | None = None
    reference_number: str | None = None
    is_done: bool | None = None
    done_at: datetime | None = None


def change_task(*, task: Task, change: TaskChange, by: Actor, at: datetime) -> Task:
    """Change a task for another system. Its question goes along: to another team, settled, or opened again.

    Raises Task.DoesNotExist when somebody removed it meanwhile.
    """
    with numbered_once():
        question = locked(Question(pk=task.question_id))
        task = Task.objects.get(pk=task.pk)
        question = _say(task, change, question, by=by, at=at)
        if change.actors is not None:
            _name(task, change.actors)
        task_line("changed", task, question, by=by, at=at).save(force_insert=True)
        return _follow(task, change, question, by=by, at=at)


def _say(task: Task, change: TaskChange, question: Question, *, by: Actor, at: datetime) -> Question:
    for name in ("asked", "note", "number", "reference_number"):
        value = getattr(change, name)
        if value is not None:
            setattr(task, name, value)
    if change.contact is not None and change.contact.pk != task.contact_id:
        task.contact = change.contact
        if change.contact.is_confidential == question.is_confidential:  # else neither changes for whom it exists
            question = take_in(change.contact, question, by=by, at=at)
    task.save(update_fields=["asked", "note", "number", "reference_number", "contact"])
    if task.is_leading and not task.is_done:
        under_way = Handover.objects.filter(question=question, state__in=[Handover.State.OPEN, Handover.State.TAKEN_UP])
        under_way.update(asked=task.asked.strip() or question.subject, note=task.note.strip())
    return question


def _name(task: Task, actors: tuple[ActorRecord, ...]) -> None:
    TaskActor.objects.filter(task=task).delete()
    name_actors(task.pk, state=task.state, actors=[actor.pk for actor in actors])


def _follow(task: Task, change: TaskChange, question: Question, *, by: Actor, at: datetime) -> Task:
    is_done = task.is_done if change.is_done is None else change.is_done
    if is_done:
        _end(task, question, done_at=change.done_at, by=by, at=at)
        return task
    is_reopened = task.is_done
    if is_reopened:
        question = _open_again(task, question, by=by, at=at)
    if task.is_leading and (is_reopened or change.actors is not None):
        follow_actors(question, task, named_for(task), by=by, at=at)
    return task


def _end(task: Task, question: Question, *, done_at: datetime | None, by: Actor, at: datetime) -> None:
    """Mark a task as done. The question ends with the one that leads, unless more is asked: then the next one leads."""
    if task.is_done:
        if done_at is not None:
            _done(task, at=done_at)
        return
    following = next_task(question, after=task)
    if task.is_leading and following is None:
        outcome = outcome_of(question)
        is_kept = keeps_promise(question, outcome, at=at)
        end_question(question, outcome=outcome, note="", fulfilled=is_kept, by=by, at=at)
    _done(task, at=done_at or at)
    if task.is_leading and following is not None:
        _lead_on(following, question, by=by, at=at)


def _done(task: Task, *, at: datetime) -> None:
    task.state, task.done_at = Task.State.DONE, at
    task.save(update_fields=["state", "done_at"])


def _lead_on(task: Task, question: Question, *, by: Actor, at: datetime) -> None:
    hand_leadership_to(task, question)
    follow_actors(question, task, named_for(task), by=by, at=at)


def named_for(task: Task) -> list[ActorRecord]:
    """Return who is named for a task, in order."""
    named = TaskActor.objects.filter(task=task).select_related("actor__team", "actor__employee")
    return [each.actor for each in named.order_by("position")]


def _open_again(task: Task, question: Question, *, by: Actor, at: datetime) -> Question:
    if question.is_settled:
        hand_leadership_to(task, question)
        question = reopen_elsewhere(question, by=by, at=at)
    else:
        Task.objects.filter(pk=task.pk).update(state=Task.State.OPEN, done_at=None)
    task.refresh_from_db()
    return question


def remove_task(*, task: Task, by: Actor, at: datetime) -> None:
    """Remove a task for another system.

    A question that was only registered for its sake is withdrawn; one of ours goes on, with another task.
    """
    with numbered_once():
        question = locked(Question(pk=task.question_id))
        _remove(Task.objects.get(pk=task.pk), question, by=by, at=at)


def _remove(task: Task, question: Question, *, by: Actor, at: datetime) -> None:
    task_line("removed", task, question, by=by, at=at).save(force_insert=True)
    led = task.is_leading and not task.is_done
    following = next_task(question, after=task)
    if led and following is None and task.began_question:
        _withdraw(question, by=by, at=at)
    task.delete()
    if led and following is not None:
        _lead_on(following, question, by=by, at=at)
    elif led and not question.is_settled:
        begin_task(question, at=at)


def _withdraw(question: Question, *, by: Actor, at: datetime) -> None:
    with override("nl"):
        note = _("Removed in another system.")
    end_question(question, outcome=Outcome.WITHDRAWN, note=note, fulfilled=False, by=by, at=at)


def remove_tasks_of(contact: Contact, question: Question, *, by: Actor, at: datetime) -> None:
    """Remove the tasks that a contact led to, which is being removed from a locked question.

    The task that leads a question of ours stays, with another of its contacts as what led to it.
    """
    another = question.contacts.exclude(pk=contact.pk).order_by("id").first()
    for task in Task.objects.filter(contact=contact).order_by("id"):
        if task.is_leading and not task.began_question and another is not None:
            Task.objects.filter(pk=task.pk).update(contact=another)
        else:
            own = question if task.question_id == question.pk else locked(Question(pk=task.question_id))
            _remove(task, own, by=by, at=at)
