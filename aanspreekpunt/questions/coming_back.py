"""Which answered questions came back: opened again, or asked again by the same person about the same product."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

WITHIN = timedelta(days=7)
"""Who comes back within a week was not helped; after that it is more often something new."""


def came_back(answered: Mapping[int, datetime], *, within: timedelta = WITHIN) -> frozenset[int]:
    """Return those of these questions (by when each was answered) that came back in time. One query.

    Only counts are made of it: it names no person, and looks at no confidential question.
    """
    if not answered:
        return frozenset()
    seconds = within.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(_CAME_BACK, [list(answered), list(answered.values()), seconds, seconds])
        return frozenset(pk for (pk,) in cursor.fetchall())


_CAME_BACK = """
    SELECT question.id FROM unnest(%s::bigint[], %s::timestamptz[]) answered(id, at)
    JOIN question ON question.id = answered.id AND NOT question.is_confidential
    WHERE EXISTS (
        SELECT FROM journal_entry entry
        WHERE entry.subject_kind = 'question' AND entry.subject_id = question.id
          AND entry.event = 'question.reopened'
          AND entry.at BETWEEN answered.at AND answered.at + make_interval(secs => %s)
    ) OR EXISTS (
        SELECT FROM question again
        WHERE again.party_id = question.party_id AND again.product_id = question.product_id
          AND again.id <> question.id AND NOT again.is_confidential
          AND again.registered_at > answered.at AND again.registered_at <= answered.at + make_interval(secs => %s)
    )
"""
