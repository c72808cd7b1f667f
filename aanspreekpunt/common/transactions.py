"""One transaction for all that happens together."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def one_transaction() -> Iterator[None]:
    """Do this in one transaction; within another it becomes part of that one, which then fails or succeeds as a whole.

    A savepoint, as nested `transaction.atomic` blocks have, would be two exchanges with the database for nothing where
    nobody goes on after a failure. A test that runs in a transaction of its own does go on, so there it has one.
    """
    blocks = connection.atomic_blocks
    is_part = bool(blocks) and not getattr(blocks[-1], "_from_testcase", False)
    with transaction.atomic(savepoint=not is_part):
        yield


@contextmanager
def one_statement() -> Iterator[None]:
    """Do this, which is one statement and so a transaction by itself; within a transaction it is part of that one.

    Beginning a transaction and ending it are two exchanges with the database that one statement does not need.
    """
    if connection.in_atomic_block:
        with one_transaction():
            yield
    else:
        yield
