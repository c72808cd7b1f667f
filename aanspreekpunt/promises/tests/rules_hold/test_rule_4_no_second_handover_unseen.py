"""Rule 4: a second handover of the same question is refused to an agent.

A supervisor may do it, with a reason, and it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover
from aanspreekpunt.promises.refusals import ReasonNeeded, SecondHop
from aanspreekpunt.promises.tests.make import MONDAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question


from aanspreekpunt.promises.tests.rules_hold.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


HANDOVER = (
    "INSERT INTO handover (uuid, question_id, from_team_id, to_team_id, hop, asked, note, reason, is_by_supervisor,"
    " state, made_at, ended_at, return_reason) SELECT gen_random_uuid(), question_id, to_team_id, from_team_id,"
    " {hop}, asked, '', '{reason}', {by_supervisor}, 'done', now(), now(), '' FROM handover WHERE question_id = %(id)s"
)
RULE_4 = {
    "by an agent": (
        HANDOVER.format(hop=2, reason="Toch", by_supervisor=False),
        "handover_second_hop_by_whom_and_why",
    ),
    "without a reason": (
        HANDOVER.format(hop=2, reason="", by_supervisor=True),
        "handover_second_hop_by_whom_and_why",
    ),
    "called the first": (HANDOVER.format(hop=1, reason="", by_supervisor=False), "handover_hop_once"),
    "called none at all": (
        HANDOVER.format(hop=0, reason="", by_supervisor=False),
        "handover_second_hop_by_whom_and_why",
    ),
    "after making the first forgotten": ("DELETE FROM handover WHERE question_id = %(id)s", "handover_never_vanishes"),
    "after renumbering the first": ("UPDATE handover SET hop = 3 WHERE question_id = %(id)s", "handover_never_moves"),
    "while the first is under way": (
        HANDOVER.format(hop=2, reason="Toch", by_supervisor=True).replace(
            "'done', now(), now()", "'open', now(), NULL"
        ),
        "handover_one_under_way",
    ),
    "to the team itself": (
        HANDOVER.format(hop=2, reason="Toch", by_supervisor=True).replace(
            "to_team_id, from_team_id,", "to_team_id, to_team_id,"
        ),
        "handover_to_another_team",
    ),
    "taken up by nobody": (
        "UPDATE handover SET state = 'taken_up' WHERE question_id = %(id)s",
        "handover_taken_up_by_someone",
    ),
    "returned without saying why": (
        "UPDATE handover SET state = 'returned', ended_at = now() WHERE question_id = %(id)s",
        "handover_returned_says_why",
    ),
}


def test_rule_4_stands_against_sql(question: Question, sql: Callable[..., None]) -> None:
    for statement, constraint in RULE_4.values():
        with Refused(constraint):
            sql(statement, id=question.pk)


def test_rule_4_stands_through_the_operations(question: Question, cast: Cast) -> None:
    def hand_over(reason: str = "", *, by: str) -> Question:
        return operations.hand_over(
            question=question, to=cast.youth, asks="", reason=reason, by=getattr(cast, by), at=MONDAY
        )

    operations.give_to_colleague(question=question, to=cast.wilma, by=cast.wim, at=MONDAY)
    operations.give_to_colleague(question=question, to=cast.wim, by=cast.wilma, at=MONDAY)
    assert Handover.objects.filter(question=question).count() == 1, "from hand to hand in one team is no hop"
    with pytest.raises(SecondHop):
        hand_over("Toch jeugd", by="wim")
    with pytest.raises(ReasonNeeded):
        hand_over(" ", by="sander")
    assert hand_over("Toch jeugd", by="sander").hops == 2
    second = Handover.objects.get(question=question, hop=2)
    assert (second.is_by_supervisor, second.reason) == (True, "Toch jeugd")
    assert Entry.objects.filter(event="question.handed_over", data__hop=2).exists()
