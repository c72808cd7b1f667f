"""Our interfaces by chance, from their own documents: nothing fails, and every answer is as it is promised."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string
from schemathesis import openapi
from schemathesis.engine.context import EngineContext

from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES, NOTIFICATIES
from aanspreekpunt.api.klantinteracties.documents import document_of
from aanspreekpunt.api.klantinteracties.tests.fuzzing import play, rules, told_more
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.tokens.tests.make import make

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED = 5
HANDLER = "aanspreekpunt.config.handling.Handler"  # of a higher floor
ALSO_ELSEWHERE = ("PUT", "/maak-klantcontact")
"""What takes bodies that others take too, at whose limits it is not asked once more; the long game does so."""


class Here:
    """The application, in whatever thread calls it, in the transaction of the test."""

    def __init__(self) -> None:
        self._application, self._connection = import_string(HANDLER)(), connections["default"]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        connections["default"] = self._connection
        return self._application(environ, start_response)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    """Give the application without what belongs to a request of its own: another thread, another connection."""
    given = EngineContext.get_transport_kwargs

    def understood(self: EngineContext, operation: Any = None) -> dict[str, Any]:
        return {"headers": given(self, operation=operation)["headers"]}  # the rest is about connections

    monkeypatch.setattr(EngineContext, "get_transport_kwargs", understood)
    connection = connections["default"]
    connection.inc_thread_sharing()
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    logging.disable(logging.WARNING)  # thousands of refusals
    yield Here()
    logging.disable(logging.NOTSET)
    request_finished.connect(close_old_connections)
    request_started.connect(close_old_connections)
    connection.dec_thread_sharing()


@pytest.mark.parametrize(("root", "examples"), [(KLANTINTERACTIES, 1), (CONTACTGEGEVENS, 5), (NOTIFICATIES, 5)])
def test_whatever_is_asked_by_chance_gets_an_answer_that_conforms(here: Here, root: str, examples: int) -> None:
    make_cast()
    key = make(sees_confidential=True).key
    config = rules(key=key, seed=SEED, examples=examples, without=ALSO_ELSEWHERE)
    schema = openapi.from_dict(told_more(document_of(root)), config=config)
    schema.app = here
    played = play(schema, seed=SEED)
    assert not played.failures, "\n\n".join([str(played), *played.failures[:20]])
