"""Forgetting words that no contact has any more: they may be the name or the number of somebody who was erased."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

_UNUSED: Final = (
    "SELECT known.id FROM contact_word known WHERE known.id > %s AND known.id <= %s AND NOT EXISTS ("
    " SELECT FROM contact WHERE contact_words(subject || ' ' || text || ' ' || reply) && ARRAY[known.word])"
)
_FORGET: Final = f"DELETE FROM contact_word WHERE id = ANY(%s) AND id IN ({_UNUSED})"  # noqa: S608 - our own query
_AT_ONCE: Final = 5_000


def forget_unused_words() -> int:
    """Forget the words no contact has. Returns how many.

    Looked for without holding anybody up; only for what is forgotten those who bring new words wait a moment, so that
    none is forgotten that just comes back.
    """
    forgotten, begin = 0, 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM contact_word")
        last = cursor.fetchone()[0]
    while begin < last:
        with connection.cursor() as cursor:
            cursor.execute(_UNUSED, [begin, begin + _AT_ONCE])
            unused = [pk for (pk,) in cursor.fetchall()]
        forgotten += _forget(unused) if unused else 0
        begin += _AT_ONCE
    return forgotten


@transaction.atomic
def _forget(ids: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE contact_word IN EXCLUSIVE MODE")
        cursor.execute(_FORGET, [ids, min(ids) - 1, max(ids)])
        return int(cursor.rowcount)
