"""Rule 8: a confidential question is invisible outside its team: in lists, search, counts.

A database cannot hold this one, because it does not know who reads; every query that serves people is asked instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.promises.tests.make import KAREL, MONDAY, make_handed_over
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.queries import history_by_address, links_of, question_for
from aanspreekpunt.queues.queries import counts_of, questions_waiting_for

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast


pytestmark = pytest.mark.django_db(transaction=True)


def test_rule_8_stands_in_every_query(question: Question, cast: Cast) -> None:
    hidden = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question
    for outsider in (cast.anna, cast.wim, cast.sofie, cast.sander, cast.olga):
        assert hidden not in history_by_address(KAREL.phone, visible_to=outsider)
        assert hidden not in history_by_address(KAREL.email, visible_to=outsider)
        assert hidden not in links_of(question, visible_to=outsider)
        with pytest.raises(Question.DoesNotExist):
            question_for(outsider, reference=hidden.reference)
    assert questions_waiting_for([cast.youth.pk], own_team_ids=[cast.desk.pk]) == []
    assert counts_of([cast.youth.pk], own_team_ids=[cast.desk.pk], at=MONDAY)[0].open == 0
    assert question_for(cast.joke, reference=hidden.reference) == hidden
    assert len(questions_waiting_for([cast.youth.pk], own_team_ids=[cast.youth.pk])) == 1
