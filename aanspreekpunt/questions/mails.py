"""Reading what a mail holds besides its words: who wrote it, how it looked, and the message as it was delivered."""

from __future__ import annotations

import re
from base64 import b64encode
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from django.core.files.storage import default_storage
from django.db.models import Q

from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.parties.models import DigitalAddress
from aanspreekpunt.questions.access import questions_visible_to
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Attachment, Question

SHOWN_IN_A_MAIL: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""Pictures every browser draws, and in which nothing runs."""

MOST_PICTURES: Final = 8 * 1024 * 1024
"""Bytes of pictures put in one mail that is shown; the rest stands in the list of files."""

_PICTURE = re.compile(r'(<img\b[^<>]*?\ssrc=")cid:([^"<>]+)(")', re.IGNORECASE)


def mail_contact(*, question_ids: Iterable[int], uuid: UUID, visible_to: Employee) -> Contact | None:
    """Return a contact of these questions that came by mail, with its body; None when it is not for this reader."""
    return (
        Contact.objects.filter(uuid=uuid, mail__isnull=False, question_id__in=list(question_ids))
        .filter(question__in=questions_visible_to(visible_to))
        .select_related("mail", "question")
        .prefetch_related("attachments")
        .first()
    )


def message_kept(uuid: UUID) -> Arrival | None:
    """Return a message as it was delivered, as long as it is kept."""
    return Arrival.objects.filter(uuid=uuid, raw__isnull=False).first()


def is_message_kept(uuid: UUID) -> bool:
    """Say whether a message is still kept as it was delivered, without reading it."""
    return Arrival.objects.filter(uuid=uuid, raw__isnull=False).exists()


def with_own_pictures(html: str, attachments: Iterable[Attachment]) -> str:
    """Return the HTML of a mail with the pictures that came with it put inside it, so that nothing needs fetching.

    A frame without an origin of its own sends no cookies, so it could not fetch a file that only staff may see.
    """
    pictures = {each.content_id.strip("<>"): each for each in attachments if _is_picture(each)}
    room = MOST_PICTURES

    def put_in(found: re.Match[str]) -> str:
        nonlocal room
        picture = pictures.get(unquote(unescape(found[2])).strip("<>"))
        if picture is None or picture.size > room:
            return f"{found[1]}{found[3]}"
        room -= picture.size
        return f"{found[1]}{_as_address(picture)}{found[3]}"

    return _PICTURE.sub(put_in, html)


def _is_picture(attachment: Attachment) -> bool:
    return bool(attachment.content_id) and attachment.may_be_opened and attachment.content_type in SHOWN_IN_A_MAIL


def _as_address(picture: Attachment) -> str:
    with default_storage.open(picture.stored_as) as file:
        return f"data:{picture.content_type};base64,{b64encode(file.read()).decode()}"


def from_unknown_addresses(contacts: Sequence[Contact], *, question: Question) -> frozenset[int]:
    """Return which of these contacts (oldest first) came by mail from an address the resident never gave us.

    What counts as given: an address in an earlier contact about the same question, or one we keep of the person. The
    mail a question began with gives its own. One query at most, and none when every address is known.
    """
    given: dict[int | None, set[str]] = {}
    doubtful: dict[int, str] = {}
    for contact in contacts:
        known = given.get(contact.question_id)
        sender = _sender_of(contact)
        if sender and known is not None and sender not in known:
            doubtful[contact.pk] = sender
        else:
            given.setdefault(contact.question_id, set()).update(_addresses_in(contact))
    if not doubtful:
        return frozenset()
    kept = _kept_addresses(question, doubtful.values())
    return frozenset(pk for pk, sender in doubtful.items() if sender not in kept)


def _sender_of(contact: Contact) -> str:
    return contact.mail.from_address if contact.direction == Contact.Direction.IN and hasattr(contact, "mail") else ""


def _addresses_in(contact: Contact) -> set[str]:
    return {each.email for each in contact.participants.all() if each.email}


def _kept_addresses(question: Question, wanted: Iterable[str]) -> set[str]:
    if question.party_id is None:
        return set()
    kept = DigitalAddress.objects.filter(Q(party_id=question.party_id), address__in=list(wanted))
    return set(kept.values_list("address", flat=True))
