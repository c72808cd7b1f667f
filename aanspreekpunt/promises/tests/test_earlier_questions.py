"""Earlier questions about the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.questions import by_words
from aanspreekpunt.questions.by_words import earlier_questions
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for _ in range(3):
        make_handed_over(to=cast.waste, by=cast.anna)
    Question.objects.update(subject="Container niet geleegd in de Dorpsstraat")
    return cast


@pytest.mark.parametrize("few", [by_words.FEW, 2])
def test_they_are_found_by_any_form_of_the_words_newest_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries, few: int
) -> None:
    monkeypatch.setattr(by_words, "FEW", few)
    with django_assert_num_queries(2):
        found = earlier_questions("containers dorpsstraat", visible_to=cast.anna)
    newest = list(Question.objects.order_by("-pk").values_list("pk", flat=True))
    assert [question.pk for question in found] == newest[: min(few, 3)]


def test_nobody_finds_what_he_may_not_see(cast: Cast) -> None:
    make_handed_over(to=cast.youth, by=cast.anna, subject="Een container met geheimen", is_confidential=True)
    assert len(earlier_questions("container", visible_to=cast.anna)) == 3
    assert len(earlier_questions("container", visible_to=cast.joke)) == 1
    assert earlier_questions("container", visible_to=cast.olga) == []


@pytest.mark.parametrize("text", ["", "de het een", "x" * 5000, "' & | ! :*"])
def test_words_that_say_nothing_find_nothing(cast: Cast, text: str) -> None:
    assert earlier_questions(text, visible_to=cast.anna) == []
