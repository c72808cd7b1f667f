"""Builders for tests: questions that were handed over and answered, as real operations make them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aanspreekpunt.promises.operations import answer, answer_at_once, take_up
from aanspreekpunt.promises.tests.make import make_asked, make_handed_over

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

SHORT = "Zet hem morgen voor half acht aan de straat, dan nemen wij hem mee."


def make_answered(
    cast: Cast, product: Product, *, at: datetime, text: str = SHORT, minutes: int = 10, **fields: Any
) -> Question:
    """Make a question that waste took up and answered `minutes` later."""
    question = make_handed_over(to=cast.waste, by=cast.anna, at=at, product=product, **fields).question
    question = take_up(question=question, by=cast.wim, at=at + timedelta(minutes=30))
    answered_at = at + timedelta(minutes=30 + minutes)
    return answer(question=question, text=text, channel="email", by=cast.wim, at=answered_at)


def make_at_once(cast: Cast, product: Product, *, at: datetime) -> Question:
    """Make a question that the desk answered at once."""
    asked = make_asked(product=product)
    return answer_at_once(asked=asked, answer=SHORT, by=cast.anna, at=at).question
