"""Which registers are being copied now: a lock of the database says so, and it goes with whoever holds it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_KEY = "hashtextextended(%s, 4711)"


@contextmanager
def alone(address: str) -> Iterator[bool]:
    """Hold the lock of a register, and say whether it could be had: only one process copies it at a time."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})", [address])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:  # without a connection there is no lock either
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({_KEY})", [address])


def going(addresses: Collection[str]) -> set[str]:
    """Return which of these registers some process is copying now. One query, and none when there are none."""
    if not addresses:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT address FROM unnest(%s::text[]) address JOIN pg_locks held"
            " ON (held.classid::bigint << 32 | held.objid::bigint) = hashtextextended(address, 4711)"
            " WHERE held.locktype = 'advisory' AND held.objsubid = 1 AND held.granted"
            " AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [sorted(addresses)],
        )
        return {address for (address,) in cursor.fetchall()}
