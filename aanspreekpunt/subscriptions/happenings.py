"""What a line of the journal is about, looked up for many lines at once: things by their own ids, and who may hear."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.questions.models import Contact, Participant, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from aanspreekpunt.subscriptions.models import News

THINGS: Final = ("question", "contact", "party", "task")
PARTS: Final = ("participant", "subjectlink", "attachment", "contactactor", "digitaladdress")
"""The kinds of thing whose lines are told, and the parts of a contact or party whose lines are about the whole.

The trigger in the database names the same.
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """A question, contact, party or task as others know it; one that is gone as far as its last line tells."""

    kind: str
    id: int
    uuid: str
    is_confidential: bool
    team_ids: frozenset[int] = frozenset()
    """The teams that have it or had it."""
    question_id: int | None = None
    row: Any = None

    @property
    def lane(self) -> str:
        """About what things are told in order: the question, or the thing itself when it belongs to none."""
        return f"question {self.question_id}" if self.question_id else f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the journal, with the thing it is about, the contacts that came with it and the tasks it leads."""

    entry_id: int
    event: str
    thing: Thing
    at: datetime
    data: dict[str, Any]
    is_of_part: bool = False
    """whether the line is about a part of the thing"""
    new_contacts: tuple[Thing, ...] = ()
    tasks: tuple[Thing, ...] = ()


@dataclass(slots=True)
class _Found:
    """What the lines are about, read in a few queries."""

    questions: dict[int, Question] = field(default_factory=dict)
    contacts: dict[int, Contact] = field(default_factory=dict)
    contacts_of: dict[int, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    teams_of: dict[int, frozenset[int]] = field(default_factory=lambda: defaultdict(frozenset))
    tasks: dict[int, Task] = field(default_factory=dict)
    tasks_of: dict[int, list[Task]] = field(default_factory=lambda: defaultdict(list))
    parties: dict[int, Party] = field(default_factory=dict)
    gone: dict[int, News] = field(default_factory=dict)
    wholes: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Of each line about a part, by its id: the kind and id of what it is a part of."""


def happenings_in(news: Collection[News]) -> list[Happening]:
    """Return what these lines of the journal tell, in the order in which they were written."""
    entry_ids = [each.entry_id for each in news]
    entries = list(Entry.objects.filter(pk__in=entry_ids, subject_kind__in=THINGS + PARTS).order_by("pk"))
    found = _find(entries)
    found.gone = {each.entry_id: each for each in news if each.uuid is not None}
    told = ((entry, _thing_of(entry, found)) for entry in entries)
    return [
        Happening(
            entry.pk,
            entry.event,
            thing,
            entry.at,
            entry.data,
            is_of_part=entry.subject_kind in PARTS,
            new_contacts=_new_contacts(entry, found),
            tasks=_tasks_of(entry, found),
        )
        for entry, thing in told
        if thing is not None
    ]


def _ids(entries: Iterable[Entry], kind: str) -> set[int]:
    return {entry.subject_id for entry in entries if entry.subject_kind == kind}


def _find(entries: list[Entry]) -> _Found:
    found = _Found(wholes=_wholes_of([entry for entry in entries if entry.subject_kind in PARTS]))
    found.contacts = Contact.objects.in_bulk(_ids(entries, "contact") | _whole_ids(found, "contact"))
    found.parties = Party.objects.in_bulk(_ids(entries, "party") | _whole_ids(found, "party"))
    question_ids = _ids(entries, "question")
    if question_ids:
        moments = {entry.at for entry in entries if entry.subject_kind == "question"}
        for contact in Contact.objects.filter(question_id__in=question_ids, registered_at__in=moments).order_by("pk"):
            found.contacts_of[contact.question_id or 0].append(contact)
    _find_tasks(found, entries, question_ids)
    known = question_ids | {each.question_id for each in found.contacts.values() if each.question_id}
    known |= {each.question_id for each in found.tasks.values()}
    known |= {entry.data.get("question", 0) for entry in entries if entry.subject_kind == "task"}
    found.questions = Question.objects.in_bulk(known)
    for question_id, team_id in Handover.objects.filter(question_id__in=known).values_list("question_id", "to_team_id"):
        found.teams_of[question_id] |= {team_id}
    return found


def _wholes_of(entries: list[Entry]) -> dict[int, tuple[str, int]]:
    """Return of what each line about a part tells: the contact it belongs to, or else the party."""
    participants = {entry.data["participant"] for entry in entries if entry.data.get("participant")}
    contacts = dict(Participant.objects.filter(pk__in=participants).values_list("pk", "contact_id"))
    wholes: dict[int, tuple[str, int]] = {}
    for entry in entries:
        contact = entry.data.get("contact") or contacts.get(entry.data.get("participant") or 0)
        if contact:
            wholes[entry.pk] = ("contact", contact)
        elif entry.data.get("party"):
            wholes[entry.pk] = ("party", entry.data["party"])
    return wholes


def _whole_ids(found: _Found, kind: str) -> set[int]:
    return {pk for of, pk in found.wholes.values() if of == kind}


def _find_tasks(found: _Found, entries: list[Entry], question_ids: set[int]) -> None:
    task_ids = _ids(entries, "task")
    if not task_ids and not question_ids:
        return
    wanted = Q(pk__in=task_ids) | Q(question_id__in=question_ids)
    for task in Task.objects.filter(wanted).select_related("contact").order_by("pk"):
        found.tasks[task.pk] = task
        found.tasks_of[task.question_id].append(task)


def _teams(*ids: int | None) -> frozenset[int]:
    return frozenset(each for each in ids if each is not None)


def _thing_of(entry: Entry, found: _Found) -> Thing | None:
    if entry.pk in found.gone:
        return _gone(entry, found.gone[entry.pk])
    kind, pk = found.wholes.get(entry.pk, (entry.subject_kind, entry.subject_id))
    if kind == "question":
        question = found.questions.get(pk)
        return _question(question, found) if question else None
    if kind == "contact":
        contact = found.contacts.get(pk)
        return _contact(contact, found) if contact else None
    if kind == "task":
        task = found.tasks.get(pk)
        return _task(task, found) if task else _gone_task(entry, found)
    party = found.parties.get(pk) if kind == "party" else None
    return Thing("party", party.pk, str(party.uuid), is_confidential=False, row=party) if party else None


def _gone(entry: Entry, kept: News) -> Thing:
    """Return what was kept of a thing when it was removed."""
    return Thing(
        entry.subject_kind,
        entry.subject_id,
        str(kept.uuid),
        is_confidential=kept.is_confidential is not False,
        team_ids=_teams(entry.team_id),
        question_id=kept.question_id,
    )


def _gone_task(entry: Entry, found: _Found) -> Thing | None:
    """Return what the line itself tells of a task that is gone; about one whose question is gone too, nothing."""
    question, uuid = found.questions.get(entry.data.get("question", 0)), entry.data.get("uuid")
    if question is None or not uuid:
        return None
    of_question = _question(question, found)
    return replace(of_question, kind="task", id=entry.subject_id, uuid=str(uuid), row=None)


def _task(task: Task, found: _Found) -> Thing:
    of_question = _question(found.questions[task.question_id], found)
    is_confidential = of_question.is_confidential or task.contact.is_confidential
    return replace(of_question, kind="task", id=task.pk, uuid=str(task.uuid), is_confidential=is_confidential, row=task)


def _tasks_of(entry: Entry, found: _Found) -> tuple[Thing, ...]:
    if entry.subject_kind != "question" or entry.subject_id not in found.questions:
        return ()
    return tuple(_task(each, found) for each in found.tasks_of[entry.subject_id])


def _question(question: Question, found: _Found) -> Thing:
    return Thing(
        "question",
        question.pk,
        str(question.uuid),
        is_confidential=question.is_confidential,
        team_ids=_teams(question.owner_id) | found.teams_of[question.pk],
        question_id=question.pk,
        row=question,
    )


def _contact(contact: Contact, found: _Found) -> Thing:
    question = found.questions.get(contact.question_id or 0)
    return Thing(
        "contact",
        contact.pk,
        str(contact.uuid),
        is_confidential=contact.is_confidential or bool(question and question.is_confidential),
        team_ids=_question(question, found).team_ids if question else _teams(contact.by_team_id),
        question_id=contact.question_id,
        row=contact,
    )


def _new_contacts(entry: Entry, found: _Found) -> tuple[Thing, ...]:
    """Return the contacts that were registered by the operation that wrote this line: at the same moment."""
    if entry.subject_kind != "question":
        return ()
    return tuple(
        _contact(each, found) for each in found.contacts_of[entry.subject_id] if each.registered_at == entry.at
    )
