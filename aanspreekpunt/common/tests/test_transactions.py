"""An operation within another is part of it: no savepoint, and no half of it that stays."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.common.transactions import one_transaction


@pytest.mark.django_db(transaction=True)
def test_what_fails_within_a_transaction_takes_all_of_it_along() -> None:
    with transaction.atomic():
        with suppress(ValueError), one_transaction():
            raise ValueError
        assert connection.needs_rollback


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_there_is_no_savepoint() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as asked, one_transaction():
        pass
    assert not asked.captured_queries


@pytest.mark.django_db(transaction=True)
def test_on_its_own_it_is_a_transaction() -> None:
    with one_transaction():
        assert connection.in_atomic_block
    assert not connection.in_atomic_block


@pytest.mark.django_db
def test_a_test_in_a_transaction_of_its_own_goes_on_after_a_failure() -> None:
    with suppress(ValueError), one_transaction():
        raise ValueError
    assert not connection.needs_rollback
