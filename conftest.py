"""The tests' database: as in production, except that it may be emptied between tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from aanspreekpunt.common.remembering import forget
from aanspreekpunt.config import testing_tables
from aanspreekpunt.search.shelf import forget_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.plugin import DjangoDbBlocker

# The same examples on every run, so that a build is red for what changed and not by chance. To search further afield:
# `pytest --hypothesis-profile=exploring`.
hypothesis.settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
hypothesis.settings.register_profile("exploring", deadline=None)
hypothesis.settings.load_profile("repeatable")

NEVER_EMPTIED = ("journal_entry", "journal_entry_text", "journal_look", "journal_access")
_KEPT_FOR = ("search.shelf.LOOK_EVERY_SECONDS", "suggestions.shelf.SECONDS_BETWEEN_LOOKS", "common.remembering.SECONDS")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 - extends it
    """Let the journal be emptied between tests, and only there; the test of that guard puts it back."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in NEVER_EMPTIED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _empty_what_was_filled)
        yield
    with django_db_blocker.unblock():
        testing_tables.let_go()


def _empty_what_was_filled(_test: TransactionTestCase) -> None:
    """Take the place of Django's flush, which took most of a second after each test with real transactions."""
    testing_tables.empty(testing_tables.tables_of_models())


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Start each test with an empty cache, and with nothing to be found from memory."""
    cache.clear()
    forget()
    forget_shelf()
    yield
    cache.clear()
    forget()


@pytest.fixture(autouse=True)
def _no_look_in_between(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is remembered for as long as a test lasts that counts queries, however slow the machine."""
    if "django_assert_num_queries" in request.fixturenames:
        for kept in _KEPT_FOR:
            monkeypatch.setattr(f"aanspreekpunt.{kept}", 3600)


@pytest.fixture
def own_directory(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """Keep files that come along in a directory of the test's own, and return which."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return tmp_path
