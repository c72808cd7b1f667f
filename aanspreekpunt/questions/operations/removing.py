"""Taking a contact out of the register, with everything that was said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.questions.attachments import remove_files_of

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.questions.models import Contact


@transaction.atomic
def erase_contact(*, contact: Contact, by: Actor, at: datetime) -> None:
    """Delete a contact and its parts: participants and their addresses, actors, subjects, files, what pointed at it.

    The journal keeps that it was there. What becomes of its question is decided a floor higher, by `remove_contact`.
    """
    question = contact.question
    team_id = question.owner_id if question is not None else contact.by_team_id
    data = {"question": question.pk} if question is not None else {}
    record("contact.removed", subject=contact, team_id=team_id, data=data, by=by, at=at)
    remove_files_of(contact.attachments.all())
    contact.delete()
