"""A question and a console with which to attack it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connection

from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question


@pytest.fixture
def sql(cast: Cast) -> Iterator[Callable[..., None]]:  # noqa: ARG001 - the cast is committed before the attack
    """Give a way to run SQL on a connection of its own that commits each statement, as someone with a console would."""
    with psycopg.connect(autocommit=True, **_where()) as other:

        def run(statement: str, **parameters: object) -> None:
            other.execute(statement, parameters)

        yield run


def _where() -> dict[str, object]:
    settings = connection.settings_dict
    return {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"] or None,
        "host": settings["HOST"],
        "port": settings["PORT"],
    }


@pytest.fixture
def question(cast: Cast) -> Question:
    """Give a question about waste that was handed over."""
    return make_handed_over(to=cast.waste, by=cast.anna).question


@pytest.fixture
def settled(cast: Cast) -> Question:
    """Give a question that waste answered too late, so that its promise was broken."""
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    return operations.answer(
        question=question, text="Sorry.", channel="email", by=cast.wim, at=MONDAY + timedelta(days=9)
    )
