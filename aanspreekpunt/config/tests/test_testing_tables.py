"""Tests with real transactions leave nothing behind but what Django itself keeps."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from aanspreekpunt.config import testing_tables
from aanspreekpunt.config.database import embedded_server
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry, EntryText
from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Employee, Team
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.promises.tests.make import MONDAY


@pytest.mark.django_db(transaction=True)
def test_what_may_only_grow_is_emptied_as_well_and_permissions_stay() -> None:
    cast = make_cast()
    record("question.registered", subject=cast.waste, text="De container.", by=SYSTEM, at=MONDAY)
    assert EntryText.objects.exists()
    permissions = Permission.objects.count()
    testing_tables.empty(testing_tables.tables_of_models())
    assert not any(model.objects.exists() for model in (Entry, EntryText, Employee, Team))
    assert Permission.objects.count() == permissions > 0


@pytest.mark.django_db(transaction=True)
def test_without_a_superuser_tables_are_emptied_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing_tables, "_as_superuser", lambda _database: None)
    make_cast()
    testing_tables.empty(testing_tables.tables_of_models())
    assert not Employee.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)


@pytest.mark.skipif(embedded_server() is None, reason="The server is not ours.")
@pytest.mark.django_db
def test_no_vacuum_comes_by_while_tests_look_at_plans() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW autovacuum")
        assert cursor.fetchone() == ("off",)
