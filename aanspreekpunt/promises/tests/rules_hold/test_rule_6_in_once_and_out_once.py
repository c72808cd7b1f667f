"""Rule 6: an incoming message is stored once per account and external id.

An outgoing message has one idempotency key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import IntegrityError

from aanspreekpunt.common.writing import write
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.operations import new_message
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.tests.make import MONDAY, make_asked
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.refusals import AlreadyAsked

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast


from aanspreekpunt.promises.tests.rules_hold.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_rule_6_stands_against_sql(question: Question, settled: Question, sql: Callable[..., None]) -> None:
    sql("UPDATE contact SET intake_account = 'mail', intake_id = '7' WHERE question_id = %(id)s", id=question.pk)
    with Refused("contact_delivered_once"):
        sql(
            "UPDATE contact SET intake_account = 'mail', intake_id = '7'"
            " WHERE question_id = %(id)s AND direction = 'in'",
            id=settled.pk,
        )
    with pytest.raises(psycopg.errors.UniqueViolation, match="messaging_delivery_key"):
        sql("UPDATE messaging_delivery SET key = 'one and the same'")


def test_rule_6_stands_through_the_operations(question: Question, cast: Cast) -> None:
    asked = make_asked(intake_account="web_form", intake_id="7")
    first = operations.receive_question(asked=asked, by=cast.anna, at=MONDAY)
    counts = Question.objects.count(), Entry.objects.count(), Delivery.objects.count(), Promise.objects.count()
    for again in (
        lambda: operations.receive_question(asked=asked, by=cast.anna, at=MONDAY),
        lambda: operations.answer_at_once(asked=asked, answer="Ja", by=cast.anna, at=MONDAY),
        lambda: operations.register_and_hand_over(asked=asked, to=cast.waste, asks="", by=cast.anna, at=MONDAY),
        lambda: operations.receive_addition(
            question=first.question,
            text="En nog iets",
            channel="web_form",
            intake_account="web_form",
            intake_id="7",
            by=cast.anna,
            at=MONDAY,
        ),
    ):
        with pytest.raises(AlreadyAsked):
            again()
    assert counts == (
        Question.objects.count(),
        Entry.objects.count(),
        Delivery.objects.count(),
        Promise.objects.count(),
    )
    letter = {"kind": "receipt", "to": "karel@example.org", "subject": "Ontvangen", "body_text": "Dank u", "at": MONDAY}
    write([new_message(key="one", **letter)])
    with pytest.raises(IntegrityError, match="messaging_delivery_key"):
        write([new_message(key="one", **letter)])
    assert question.pk != first.question.pk
