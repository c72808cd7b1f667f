"""Reading questions and their contacts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q, prefetch_related_objects

from aanspreekpunt.common.reading import columns_of, row_of, rows_read
from aanspreekpunt.common.references import format_reference
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.intake import ANONYMOUS, Customer
from aanspreekpunt.questions.models import Contact, ContactActor, Draft, Participant, Question, QuestionLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from aanspreekpunt.organisation.models import Employee

LOOKED_THROUGH = 2_000
"""So many contacts of one address are looked through for its history: far more than any person has."""


def question_for(employee: Employee, *, reference: str) -> Question:
    """Return the question with this reference; raises Question.DoesNotExist when absent or not for `employee`."""
    return (
        questions_visible_to(employee)
        .select_related("owner", "holder", "product", "product__team", "party")
        .get(reference=reference)
    )


def contacts_of(question: Question) -> QuerySet[Contact]:
    """Return the contacts of `question`, and of those merged into it, oldest first, with their participants."""
    return (
        Contact.objects.filter(question_id__in=questions_gathered_in(question))
        .select_related("by_employee", "by_team", "question", "mail")
        .defer("mail__html")  # it may be large, and is only shown on a page of its own
        .prefetch_related("participants", "attachments", "subjects")
        .order_by("occurred_at", "id")
    )


def actors_by_contact(contacts: Iterable[Contact]) -> dict[int, list[str]]:
    """Return who dealt with those contacts that another system told us of, by name. At most one query."""
    told = [contact.pk for contact in contacts if contact.came_through]
    found: dict[int, list[str]] = {}
    named = ContactActor.objects.filter(contact__in=told).order_by("id") if told else ContactActor.objects.none()
    for contact_id, name in named.values_list("contact_id", "actor__name"):
        found.setdefault(contact_id, []).append(name)
    return found


def questions_gathered_in(question: Question) -> list[int]:
    """Return this question and those merged into it, also by way of another; without what is confidential elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE gathered(id) AS (SELECT %(id)s::bigint UNION SELECT q.id FROM question q"
            " JOIN gathered ON q.duplicate_of_id = gathered.id"
            " WHERE NOT q.is_confidential OR (%(is_confidential)s AND q.owner_id = %(owner)s)) SELECT id FROM gathered",
            {"id": question.pk, "is_confidential": question.is_confidential, "owner": question.owner_id},
        )
        return [pk for (pk,) in cursor.fetchall()]


def question_it_goes_on_in(question: Question, *, visible_to: Employee) -> Question | None:
    """Return the question that this one was merged into, if `visible_to` may see that."""
    return questions_visible_to(visible_to).select_related("owner").filter(duplicates=question).first()


def first_contact_of(question: Question) -> Contact | None:
    """Return the contact in which the question was asked."""
    return question.contacts.order_by("id").first()


def first_participant_of(contact: Contact) -> Participant | None:
    """Return who asked in this contact: he who took the initiative, else whoever was named first."""
    return who_asked(participants_of(contact))


def participants_of(contact: Contact) -> list[Participant]:
    """Return who took part in a contact, newest first, with the party each was. One query, and one for the parties."""
    found = rows_read(Participant, "WHERE t.contact_id = %s ORDER BY t.id DESC", [contact.pk])
    prefetch_related_objects([each for each in found if each.party_id is not None], "party")
    return found


@dataclass(frozen=True)
class Taken:
    """What is asked at once about a contact that becomes a question."""

    participants: list[Participant]
    """who took part, newest first"""
    has_replies: bool
    """whether contacts that belong to no question yet answer it"""
    numbers: tuple[int, ...]
    """the next of each sequence"""


def taken_from(contact: Contact, *, sequences: Sequence[str]) -> Taken:
    """Return who took part in a contact, whether it was answered, and a number of each sequence.

    One query, and one for the parties that took part.
    """
    numbers = ", ".join(["nextval(%s)"] * len(sequences))
    sql = (
        f"SELECT taken.*, {columns_of(Participant, 't')} FROM (SELECT EXISTS ("  # noqa: S608 - names of our own
        " SELECT FROM questions_subjectlink link JOIN contact reply ON reply.id = link.contact_id"
        f" WHERE link.was_contact_id = %s AND reply.question_id IS NULL), {numbers}) taken"
        " LEFT JOIN participant t ON t.contact_id = %s ORDER BY t.id DESC"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [contact.pk, *sequences, contact.pk])
        found = cursor.fetchall()
    has_replies, *known = found[0][: 1 + len(sequences)]
    rest = [row[1 + len(sequences) :] for row in found]
    participants = [row_of(Participant, values) for values in rest if any(each is not None for each in values)]
    prefetch_related_objects([each for each in participants if each.party_id is not None], "party")
    return Taken(participants, bool(has_replies), tuple(known))


def who_asked(participants: Iterable[Participant]) -> Participant | None:
    """Return who asked, of those who took part: he who took the initiative, else whoever was named first."""
    return min(participants, key=lambda each: (not each.is_initiator, each.pk), default=None)


def customer_of(question: Question) -> Customer:
    """Return who asked, with the latest address of each kind he gave in any contact, then those of his party."""
    return customer_among(
        list(Participant.objects.filter(contact__question=question).order_by("-id").select_related("party"))
    )


def customer_among(participants: list[Participant]) -> Customer:
    """Return the same of these who took part, newest first. One query when there is a party among them, else none."""
    if not participants:
        return ANONYMOUS
    first = participants[-1]
    party = next((each.party for each in participants if each.party), None)
    known = dict(party.addresses.order_by("is_preferred").values_list("kind", "address")) if party else {}
    return Customer(
        party=party,
        initials=first.initials,
        first_name=first.first_name,
        infix=first.infix,
        last_name=first.last_name,
        organisation_name=first.organisation_name,
        phone=next((each.phone for each in participants if each.phone), known.get("phone", "")),
        email=next((each.email for each in participants if each.email), known.get("email", "")),
        street=first.street,
        house_number=first.house_number,
        house_number_addition=first.house_number_addition,
        postcode=first.postcode,
        city=first.city,
        role=first.role,
    )


def question_delivered_as(*, intake_account: str, intake_id: str) -> Question | None:
    """Return the question that came of this draft, form or mail, if it was registered."""
    contact = (
        Contact.objects.filter(intake_account=intake_account, intake_id=intake_id).select_related("question").first()
    )
    return contact.question if contact else None


def contact_delivered_as(*, intake_account: str, intake_id: str) -> Contact | None:
    """Return the contact that came of this draft, form or mail, with its question and the team that owns it."""
    return (
        Contact.objects.filter(intake_account=intake_account, intake_id=intake_id)
        .select_related("question__owner")
        .first()
    )


def links_of(question: Question, *, visible_to: Employee) -> list[Question]:
    """Return the questions linked to this one that `visible_to` may see, newest first."""
    pairs = QuestionLink.objects.filter(Q(question=question) | Q(other=question)).values_list("question", "other")
    ids = {pk for pair in pairs for pk in pair} - {question.pk}
    return list(questions_visible_to(visible_to).filter(pk__in=ids).select_related("owner").order_by("-id"))


def questions_of_party(party_ids: Iterable[int], *, visible_to: Employee, limit: int = 20) -> QuerySet[Question]:
    """Return the newest questions of these parties that `visible_to` may see."""
    return (
        questions_visible_to(visible_to)
        .filter(party_id__in=list(party_ids))
        .select_related("owner", "product", "holder")
        .order_by("-id")[:limit]
    )


def history_by_address(address: str, *, visible_to: Employee, limit: int = 20) -> list[Question]:
    """Return the newest questions asked with this phone number or e-mail address, by anyone, known or not.

    Three queries on indexes, however long the register is: contacts in which it was given, questions of every party
    that has the address, then of both those the reader may see. Exact for an address given `LOOKED_THROUGH` times;
    of one given more often the newest so many contacts are looked through.
    """
    of_parties = Question.objects.filter(party__addresses__address=address).order_by("-id").values_list("pk", flat=True)
    wanted = {*newest_with_address(address), *of_parties[:LOOKED_THROUGH]}
    return list(
        questions_visible_to(visible_to)
        .filter(pk__in=wanted)
        .select_related("owner", "product", "holder")
        .order_by("-id")[:limit]
    )


def newest_with_address(address: str) -> Iterator[int]:
    """Yield the questions of the newest contacts in which somebody gave this phone number or e-mail address."""
    column = "email" if "@" in address else "phone"
    given = Participant.objects.filter(**{column: address}).order_by("-id")
    yield from filter(None, given.values_list("contact__question_id", flat=True)[:LOOKED_THROUGH])


def newest_of_party(party_id: int) -> Iterator[int]:
    """Yield the newest questions of a party."""
    asked = Question.objects.filter(party_id=party_id).order_by("-id")
    yield from asked.values_list("pk", flat=True)[:LOOKED_THROUGH]


def conversation_so_far(conversation: UUID) -> tuple[Draft | None, int]:
    """Return what is being typed in this conversation, whoever does, and how many contacts it led to. One query.

    Asked at every key and click of the register screen, so the query is written out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM contact WHERE conversation = %(conversation)s), kept.*"
            " FROM (SELECT) nothing LEFT JOIN"
            " (SELECT employee_id, fields, begun_at, saved_at FROM questions_draft"
            " WHERE conversation = %(conversation)s) kept ON true",
            {"conversation": conversation},
        )
        contacts, employee_id, fields, begun_at, saved_at = cursor.fetchone()
    if employee_id is None:
        return None, contacts
    draft = Draft(
        conversation=conversation,
        employee_id=employee_id,
        fields=json.loads(fields),
        begun_at=begun_at,
        saved_at=saved_at,
    )
    return draft, contacts


def drafts_of(employee: Employee, *, limit: int = 20) -> QuerySet[Draft]:
    """Return the conversations `employee` has not ended yet, oldest first."""
    return Draft.objects.filter(employee=employee).order_by("begun_at")[:limit]


def unseen_mentions_of(employee: Employee, *, limit: int = 50) -> QuerySet[Question]:
    """Return the questions in whose notes `employee` was mentioned and has not looked yet."""
    return (
        questions_visible_to(employee)
        .filter(mentions__employee=employee, mentions__seen_at__isnull=True)
        .select_related("owner", "product")
        .distinct()
        .order_by("-id")[:limit]
    )


def references_of(question_ids: Iterable[int]) -> dict[int, str]:
    """Return the shown reference of each of these questions: a number only, for who may know no more. One query."""
    pairs = Question.objects.filter(pk__in=set(question_ids)).values_list("pk", "reference")
    return {pk: format_reference(reference) for pk, reference in pairs}
