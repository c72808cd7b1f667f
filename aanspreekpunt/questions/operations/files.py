"""Handing out a file that was held back, on the word of somebody who looked into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.questions.access import may_release_files
from aanspreekpunt.questions.models import Attachment
from aanspreekpunt.questions.refusals import NotHeldBack, NotYours

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question


@transaction.atomic
def release_file(*, attachment: Attachment, question: Question, by: Employee, at: datetime) -> Attachment:
    """Hand out a file of `question` that was held back because it may be dangerous.

    One in which a virus was found stays where it is, and one that the scanner has not seen waits for it.
    """
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk, contact__question=question)
    if not may_release_files(by, question):
        raise NotYours
    if not attachment.may_be_released:
        raise NotHeldBack
    data = {"attachment": attachment.pk, "contact": attachment.contact_id, "held_for": attachment.held_for}
    attachment.held_for = ""
    attachment.save(update_fields=["held_for"])
    record("file.released", subject=question, team_id=question.owner_id, data=data, by=by, at=at)
    return attachment
