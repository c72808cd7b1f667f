"""Contacts that another system registered: what it tells of them, changes in them and takes away again.

What it says is kept as it said it. A contact belongs to no question until somebody has to do something about it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypedDict

from django.db import IntegrityError

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.transactions import one_statement, one_transaction
from aanspreekpunt.common.writing import write
from aanspreekpunt.journal.operations import line, record
from aanspreekpunt.questions.choices import ANSWERED_OUTCOMES, channel_called
from aanspreekpunt.questions.languages import language_called
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations.marking import end_confidential, make_confidential
from aanspreekpunt.questions.refusals import AnswerMustStay, FollowUpNotNeeded, NumberInUse
from aanspreekpunt.questions.rules import is_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.journal.models import Entry
    from aanspreekpunt.organisation.models import Team


class ContactTold(TypedDict, total=False):
    """What another system says of a contact; what it leaves out stays as it is."""

    uuid: UUID
    told_channel: str
    subject: str
    text: str
    reply: str
    told_language: str
    is_confidential: bool
    has_succeeded: bool | None
    needs_follow_up: bool
    main_subject_type: str
    number: str | None
    reference_number: str | None
    metadata: dict[str, Any]
    occurred_at: datetime


_NUMBERS: Final = ("number", "reference_number")


def register_contact(*, told: ContactTold, team: Team | None = None, by: Actor, at: datetime) -> Contact:
    """Keep a contact that another system registered; `team` is the one that system works for, if it is one.

    Numbers that are left out or empty are made. Raises `FollowUpNotNeeded` and `NumberInUse`. One query.
    """
    contact = Contact(conversation=new_uuid(), direction=Contact.Direction.IN, occurred_at=at, registered_at=at)
    contact.by_team, contact.came_through = team, by.actor_name
    _take_over(contact, told)
    with _numbered_once(one_statement()):
        write([contact, line("contact.registered", subject=contact, team_id=_team_of(contact), by=by, at=at)])
    return contact


@one_transaction()
def change_contact(*, contact: Contact, told: ContactTold, by: Actor, at: datetime) -> Contact:
    """Take over what another system says of a contact now. A number that is left empty stays what it was.

    A contact that becomes confidential makes its question so, and the other way round. Raises `FollowUpNotNeeded`,
    `NumberInUse`, `AnswerMustStay` when the answer a question was settled with would vanish, and `NobodyWouldSeeIt`.
    """
    contact = locked_contact(contact)
    was_confidential = contact.is_confidential
    fields = _take_over(contact, told)
    if not fields:
        return contact
    _refuse_without_answer(contact)
    _save(contact, fields=fields)
    note_changed(contact, fields=fields, by=by, at=at)
    if contact.question is not None and contact.is_confidential != was_confidential:
        change = make_confidential if contact.is_confidential else end_confidential
        change(question=contact.question, by=by, at=at)
    return contact


def locked_contact(contact: Contact) -> Contact:
    """Return a contact read afresh, its question and itself locked in that order, as whoever works on it does."""
    if contact.question_id is not None:
        Question.objects.select_for_update(no_key=True).only("pk").get(pk=contact.question_id)
    Contact.objects.select_for_update(no_key=True).only("pk").get(pk=contact.pk)
    return Contact.objects.select_related("question").get(pk=contact.pk)


def hold_questions_of(*contacts: Contact | None) -> None:
    """Lock the questions of these contacts, as whoever works on a contact does before he locks that. One query.

    Whoever brings a part holds its contact by that; who hides the contact holds its question first. So one who adds a
    part and then has to do something to the question holds that beforehand, or each would wait for the other.
    """
    ids = {each.question_id for each in contacts if each is not None and each.question_id is not None}
    if ids:
        _hold(Question.objects.filter(pk__in=ids))


def hold_questions_where(*, participant_ids: Iterable[int]) -> None:
    """Do the same for the contacts in which these took part. One query."""
    contacts = Contact.objects.filter(participants__in=list(participant_ids))
    _hold(Question.objects.filter(pk__in=contacts.values("question_id")))


def _hold(questions: QuerySet[Question]) -> None:
    list(questions.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def note_changed(contact: Contact, *, fields: Iterable[str], by: Actor, at: datetime) -> None:
    """Write in the journal which facts of a contact changed."""
    data = {"fields": sorted(fields)}
    record("contact.changed", subject=contact, team_id=_team_of(contact), data=data, by=by, at=at)


def note_part(event: str, part: Model, contact: Contact | None, *, by: Actor, at: datetime) -> None:
    """Write in the journal what happened to something that belongs to a contact, or to none."""
    write([part_line(event, part, contact, by=by, at=at)])


def note_moved(
    event: str, part: Model, was_of: Contact | None, contact: Contact | None, *, by: Actor, at: datetime
) -> None:
    """Write in the journal that something changed which belongs to a contact now: a line for each, if it moved."""
    concerned = dict.fromkeys(each for each in (was_of, contact) if each is not None) or [None]
    write([part_line(event, part, each, by=by, at=at) for each in concerned])


def part_line(event: str, part: Model, contact: Contact | None, *, by: Actor, at: datetime) -> Entry:
    """Return the journal line of `note_part`, to be written together with something that is new."""
    data = {"contact": contact.pk} if contact is not None else {}
    return line(event, subject=part, team_id=_team_of(contact), data=data, by=by, at=at)


def _team_of(contact: Contact | None) -> int | None:
    if contact is None:
        return None
    return contact.question.owner_id if contact.question is not None else contact.by_team_id


def _take_over(contact: Contact, told: ContactTold) -> list[str]:
    """Set what is said and differs; return the names of the fields."""
    wanted: dict[str, Any] = dict(told)
    for name in _NUMBERS:
        if not wanted.get(name):
            wanted.pop(name, None)
    if "told_channel" in wanted:
        wanted["channel"] = channel_called(wanted["told_channel"])
    if "told_language" in wanted:
        wanted["language"] = language_called(wanted["told_language"])
    different = [name for name, value in wanted.items() if getattr(contact, name) != value]
    for name in different:
        setattr(contact, name, wanted[name])
    if contact.has_succeeded and contact.needs_follow_up:
        raise FollowUpNotNeeded
    return different


def _save(contact: Contact, *, fields: Iterable[str]) -> None:
    with _numbered_once(one_transaction()):
        contact.save(update_fields=fields)
    if {*fields} & {*_NUMBERS}:
        contact.refresh_from_db(fields=_NUMBERS)  # the database makes those that were left out


@contextmanager
def _numbered_once(together: AbstractContextManager[None]) -> Iterator[None]:
    """Do this together; a number that another contact has becomes `NumberInUse`."""
    try:
        with together:
            yield
    except IntegrityError as error:
        if "number" in str(error):
            raise NumberInUse(field=_field_in(str(error))) from error
        raise


def _field_in(error: str) -> str:
    return "reference_number" if "reference_number" in error else "number"


def _refuse_without_answer(contact: Contact) -> None:
    question = contact.question
    if question is None or question.outcome not in ANSWERED_OUTCOMES or _answers(contact):
        return
    others = Contact.objects.filter(question=question).exclude(pk=contact.pk)
    if not any(_answers(each) for each in others.only("direction", "has_succeeded", "reply")):
        raise AnswerMustStay


def _answers(contact: Contact) -> bool:
    return is_answer(direction=contact.direction, has_succeeded=contact.has_succeeded, reply=contact.reply)
