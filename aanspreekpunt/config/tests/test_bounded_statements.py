"""A web process lets no statement go on for ever; others do."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection, connections
from psycopg.errors import QueryCanceled

from aanspreekpunt.config.postgres.base import bound_statements

pytestmark = pytest.mark.django_db


def test_a_new_connection_is_bounded_as_its_process_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", dict(connection.settings_dict["OPTIONS"]))
    free, bounded = connections.create_connection("default"), None
    try:
        assert _limit(free) == "0"
        bound_statements(0.05)
        bounded = connections.create_connection("default")
        with pytest.raises(OperationalError) as failed, bounded.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        assert isinstance(failed.value.__cause__, QueryCanceled)
        assert _limit(bounded) == "50ms"  # what follows is bounded too, also after a failure
    finally:
        free.close()
        if bounded:
            bounded.close()


def _limit(of: object) -> str:
    with of.cursor() as cursor:  # type: ignore[attr-defined]  # a connection of Django's
        cursor.execute("SHOW statement_timeout")
        limit: str = cursor.fetchone()[0]
        return limit
