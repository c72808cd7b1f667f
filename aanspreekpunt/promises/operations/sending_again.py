"""Sending receipts again of which nobody knows whether they arrived: all of them, by a person, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.messaging.refusals import NotInDoubt
from aanspreekpunt.messaging.sending import in_doubt, send_again
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.promises.letters import RECEIPTS
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.refusals import NotYours

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.messaging.models import Delivery
    from aanspreekpunt.organisation.models import Employee

MOST_AT_ONCE: Final = 500


def send_receipts_again(*, by: Employee, at: datetime) -> int:
    """Send every receipt in doubt once more, the oldest first, with the same Message-ID. Returns how many."""
    if not rights_of(by).may(Permission.HANDLE_POST):
        raise NotYours
    sent = 0
    for delivery in in_doubt(at=at).filter(kind__in=RECEIPTS)[:MOST_AT_ONCE]:
        try:
            _send_again(delivery, by=by, at=at)
        except NotInDoubt:
            continue  # a colleague was first
        sent += 1
    return sent


@transaction.atomic
def _send_again(delivery: Delivery, *, by: Employee, at: datetime) -> None:
    delivery = send_again(delivery=delivery, at=at)
    question = Question.objects.filter(pk=delivery.about_id or 0).first()
    if question is not None:
        data = {"letter": delivery.kind, "delivery": delivery.pk}
        record("letter.sent_again", subject=question, team_id=question.owner_id, data=data, by=by, at=at)
