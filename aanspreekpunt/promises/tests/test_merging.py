"""Duplicates go on in one question: into an open one only, in chains, and out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.promises.timeline.resident import lines_for_resident
from aanspreekpunt.questions.queries import contacts_of
from aanspreekpunt.questions.refusals import NotYours, QuestionIsClosed, SameQuestion

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast: Cast) -> list[Question]:
    """Give three questions about the same."""
    return [make_handed_over(to=cast.waste, by=cast.anna).question for _ in range(3)]


def test_a_question_goes_on_in_an_open_one_only(three: list[Question], cast: Cast) -> None:
    first, second, third = three
    with pytest.raises(SameQuestion):
        operations.merge(question=first, into=first, by=cast.wim, at=MONDAY)
    operations.answer(question=first, text="Ja", channel="phone", by=cast.wim, at=MONDAY)
    operations.merge(question=third, into=second, by=cast.wim, at=MONDAY)
    for closed in (first, third):
        with pytest.raises(QuestionIsClosed):
            operations.merge(question=second, into=closed, by=cast.wim, at=MONDAY)


def test_a_chain_brings_all_contacts_along(three: list[Question], cast: Cast) -> None:
    first, second, third = three
    operations.merge(question=first, into=second, by=cast.wim, at=MONDAY)
    operations.merge(question=second, into=third, by=cast.wim, at=MONDAY)
    assert set(contacts_of(third).values_list("question", flat=True)) == {first.pk, second.pk, third.pk}
    operations.reopen_by_employee(question=second, reason="Toch iets anders", by=cast.wim, at=MONDAY)
    assert set(contacts_of(third).values_list("question", flat=True)) == {third.pk}
    assert set(contacts_of(second).values_list("question", flat=True)) == {first.pk, second.pk}


def test_one_merges_only_into_what_he_sees(three: list[Question], cast: Cast) -> None:
    elsewhere = make_handed_over(to=cast.youth, by=cast.anna).question
    with pytest.raises(NotYours):
        operations.merge(question=three[0], into=elsewhere, by=cast.wim, at=MONDAY)


def test_who_asked_the_same_gets_the_same_answer(three: list[Question], cast: Cast) -> None:
    first, second, third = three
    operations.merge(question=first, into=second, by=cast.wim, at=MONDAY)
    operations.merge(question=second, into=third, by=cast.wim, at=MONDAY)
    operations.answer(question=third, text="De lamp brandt weer.", channel="email", by=cast.wim, at=MONDAY)
    answers = Delivery.objects.filter(kind="answer")
    assert set(answers.values_list("about_id", flat=True)) == {first.pk, second.pk, third.pk}
    for each in three:
        assert each.contacts.get(direction="out").text == "De lamp brandt weer."
        assert any(line.words == "De lamp brandt weer." for line in lines_for_resident(each))
