"""What a person does with a message that could not be read, or that was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.messaging import arriving, post
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.messaging.refusals import NotInQuarantine
from aanspreekpunt.questions.access import may_handle_message
from aanspreekpunt.questions.refusals import NotYours

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee

MOST_AT_ONCE: Final = 500


@transaction.atomic
def try_message_again(*, arrival: Arrival, by: Employee, at: datetime) -> Arrival:
    """Have a message in quarantine read once more."""
    if not may_handle_message(by, arrival):
        raise NotYours
    arrival = arriving.try_again(arrival=arrival, at=at)
    record("message.tried_again", subject=arrival, by=by, at=at)
    return arrival


def try_all_again(*, by: Employee, at: datetime) -> int:
    """Have everything in quarantine that `by` may handle read once more, the oldest first. Returns how many."""
    waiting = Arrival.objects.filter(state=Arrival.State.QUARANTINED).defer("raw").order_by("id")
    tried = 0
    for arrival in waiting[:MOST_AT_ONCE]:
        try:
            try_message_again(arrival=arrival, by=by, at=at)
        except (NotInQuarantine, NotYours):
            continue  # a colleague was first, or it belongs to a question he does not see
        tried += 1
    return tried


@transaction.atomic
def make_question_of_message(*, arrival: Arrival, by: Employee, at: datetime) -> Arrival:
    """Have a question opened for a message that was set aside."""
    if not may_handle_message(by, arrival):
        raise NotYours
    arrival = post.want_question(arrival=arrival, at=at)
    record("message.wanted", subject=arrival, by=by, at=at)
    return arrival
