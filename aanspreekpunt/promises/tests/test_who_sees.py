"""Lists and single looks agree on who sees a question, whatever roles someone holds."""

from __future__ import annotations

from itertools import combinations_with_replacement, product
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.access import Rights
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.questions.access import may_see, questions_visible_to
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db


def test_the_list_shows_exactly_what_each_may_see(cast: Cast) -> None:
    for team, confidential in product((cast.waste, cast.youth), (False, True)):
        make_handed_over(to=team, by=cast.anna, is_confidential=confidential)
    questions = list(Question.objects.all())
    held = list(product(Role.values, (cast.waste.pk, cast.youth.pk, None)))
    for pair in combinations_with_replacement(held, 2):
        cast.olga.known_rights = Rights(pair)  # type: ignore[attr-defined]  # as `LoginBackend` does
        seen = set(questions_visible_to(cast.olga).values_list("pk", flat=True))
        assert seen == {question.pk for question in questions if may_see(cast.olga, question)}, pair


def test_who_left_finds_nothing(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    cast.wim.is_active = False
    assert not questions_visible_to(cast.wim).exists()
