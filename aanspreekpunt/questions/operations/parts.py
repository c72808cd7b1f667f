"""The parts of a contact that another system brings: who took part, who dealt with it, what it was about, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.db import IntegrityError, connection

from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.common.writing import write
from aanspreekpunt.parties.models import DigitalAddress
from aanspreekpunt.questions.attachments import remove_files_of
from aanspreekpunt.questions.models import Attachment, Contact, ContactActor, Participant, SubjectLink
from aanspreekpunt.questions.operations.telling import note_moved, note_part, part_line
from aanspreekpunt.questions.refusals import AlreadyLinked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import ActorRecord
    from aanspreekpunt.parties.models import Party


class ParticipantTold(TypedDict, total=False):
    """What another system says of who took part in a contact; what it leaves out stays as it is."""

    uuid: UUID
    contact: Contact
    party: Party | None
    role: str
    is_initiator: bool
    initials: str
    first_name: str
    infix: str
    last_name: str
    organisation_name: str
    street: str
    house_number: int | None
    house_number_addition: str
    postcode: str
    city: str
    country: str
    address_id: str
    address_lines: list[str]
    mailing_address: dict[str, Any]


class PointerTold(TypedDict, total=False):
    """What another system says of a thing in another register."""

    contact: Contact | None
    was_contact: Contact | None
    object_id: str
    object_type: str
    register: str
    object_id_kind: str


def add_participant(*, told: ParticipantTold, by: Actor, at: datetime) -> Participant:
    """Keep who took part in a contact. One query."""
    participant = Participant(**told)
    write([participant, part_line("participant.added", participant, participant.contact, by=by, at=at)])
    return participant


@one_transaction()
def change_participant(*, participant: Participant, told: ParticipantTold, by: Actor, at: datetime) -> Participant:
    """Take over what another system says of who took part in a contact now."""
    was_of = participant.contact
    if _set(participant, told):
        note_moved("participant.changed", participant, was_of, participant.contact, by=by, at=at)
    return participant


@one_transaction()
def remove_participant(*, participant: Participant, by: Actor, at: datetime) -> None:
    """Take away who took part in a contact, with the addresses that only he gave."""
    note_part("participant.removed", participant, participant.contact, by=by, at=at)
    participant.delete()


@one_transaction()
def note_address(*, address: DigitalAddress) -> None:
    """Let a phone number or e-mail address given by who took part in a contact be his there, if he had none yet."""
    column = {DigitalAddress.Kind.PHONE: "phone", DigitalAddress.Kind.EMAIL: "email"}.get(
        DigitalAddress.Kind(address.kind)
    )
    if column is not None and address.participant_id is not None:
        Participant.objects.filter(pk=address.participant_id, **{column: ""}).update(**{column: address.address})


def note_addresses(*, address_ids: Sequence[int]) -> None:
    """Do what `note_address` does for many addresses that came in at once. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participant SET phone = coalesce(nullif(participant.phone, ''), given.phone, ''),"
            " email = coalesce(nullif(participant.email, ''), given.email, '') FROM (SELECT participant_id,"
            " (array_agg(address ORDER BY id) FILTER (WHERE kind = 'phone'))[1] phone,"
            " (array_agg(address ORDER BY id) FILTER (WHERE kind = 'email'))[1] email"
            " FROM parties_digitaladdress WHERE id = ANY(%s) AND participant_id IS NOT NULL GROUP BY 1) given"
            " WHERE participant.id = given.participant_id",
            [list(address_ids)],
        )


@one_transaction()
def link_actor(*, contact: Contact, actor: ActorRecord, by: Actor, at: datetime) -> ContactActor:
    """Note that somebody dealt with a contact. Raises `AlreadyLinked`."""
    linked = ContactActor(contact=contact, actor=actor)
    _save_once(linked, is_new=True)
    note_part("contact_actor.added", linked, contact, by=by, at=at)
    return linked


@one_transaction()
def relink_actor(*, linked: ContactActor, contact: Contact, actor: ActorRecord, by: Actor, at: datetime) -> None:
    """Say that it was somebody else, or another contact. Raises `AlreadyLinked`."""
    was_of = linked.contact
    linked.contact, linked.actor = contact, actor
    _save_once(linked, is_new=False)
    note_moved("contact_actor.changed", linked, was_of, contact, by=by, at=at)


@one_transaction()
def unlink_actor(*, linked: ContactActor, by: Actor, at: datetime) -> None:
    """Take back that somebody dealt with a contact."""
    note_part("contact_actor.removed", linked, linked.contact, by=by, at=at)
    linked.delete()


def link_subject(*, told: PointerTold, by: Actor, at: datetime) -> SubjectLink:
    """Note what a contact was about: a thing elsewhere, or an earlier contact."""
    link = SubjectLink(**told)
    write([link, part_line("subject.linked", link, link.contact, by=by, at=at)])
    return link


@one_transaction()
def relink_subject(*, link: SubjectLink, told: PointerTold, by: Actor, at: datetime) -> None:
    """Take over what another system says of the subject now."""
    was_of = link.contact
    if _set(link, told):
        note_moved("subject.changed", link, was_of, link.contact, by=by, at=at)


@one_transaction()
def unlink_subject(*, link: SubjectLink, by: Actor, at: datetime) -> None:
    """Take back what a contact was about."""
    note_part("subject.unlinked", link, link.contact, by=by, at=at)
    link.delete()


def point_to_file(*, told: PointerTold, by: Actor, at: datetime) -> Attachment:
    """Note a file elsewhere that belongs to a contact."""
    attachment = Attachment(**told)
    write([attachment, part_line("attachment.added", attachment, attachment.contact, by=by, at=at)])
    return attachment


@one_transaction()
def point_elsewhere(*, attachment: Attachment, told: PointerTold, by: Actor, at: datetime) -> None:
    """Take over what another system says of a file now; where one of our own is stored never changes by it."""
    was_of = attachment.contact
    if _set(attachment, told):
        note_moved("attachment.changed", attachment, was_of, attachment.contact, by=by, at=at)


@one_transaction()
def remove_attachment(*, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Take away a file of a contact; one of our own leaves the disk once that is certain."""
    note_part("attachment.removed", attachment, attachment.contact, by=by, at=at)
    remove_files_of([attachment])


def _set(row: Any, told: Any) -> bool:
    different = [name for name, value in told.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, told[name])
    if different:
        row.save(update_fields=different)
    return bool(different)


def _save_once(linked: ContactActor, *, is_new: bool) -> None:
    try:
        with one_transaction():
            linked.save(force_insert=is_new)
    except IntegrityError as error:
        raise AlreadyLinked from error
