"""Reading the journal: timelines, and a cheap answer to "is there anything newer?"."""

from __future__ import annotations

from hashlib import blake2s
from typing import TYPE_CHECKING, Any

from django.db import connection

from aanspreekpunt.journal.models import Entry, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

# A line with a lower id may become visible later than one with a higher id, when its transaction took longer. Looking
# at the last so many ids instead of only at the highest makes sure such a latecomer still changes the version.
LATECOMERS = 16
_STRETCH = (
    "SELECT last.id FROM ({rows}) AS found (id), LATERAL"
    " (SELECT id FROM journal_entry WHERE subject_kind = %s AND subject_id = found.id ORDER BY id DESC LIMIT %s) last"
)


def entries_about(subject: Model) -> QuerySet[Entry]:
    """Return all lines about `subject`, oldest first, with their words."""
    return (
        Entry.objects.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk)
        .select_related("words")
        .order_by("id")
    )


def version_of_teams(team_ids: Iterable[int]) -> str:
    """Return a short text that changes whenever something happens on the screens of these teams. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(last.id::text, ',')) FROM unnest(%s::bigint[]) team(id), LATERAL ("
            " SELECT id FROM journal_entry WHERE team_id = team.id ORDER BY id DESC LIMIT %s) last",
            [list(team_ids), LATECOMERS],
        )
        row = cursor.fetchone()
    return row[0] or "none"


def version_of(*subjects: QuerySet[Any]) -> str:
    """Return a short text that changes whenever something happens to one of the rows that these find. One query.

    For each row a stretch of an index is read, so these should be few.
    """
    stretches: list[str] = []
    values: list[Any] = []
    for subject in subjects:
        rows, named = subject.order_by().values("pk").query.sql_with_params()
        stretches.append(_STRETCH.format(rows=rows))
        values += [*named, subject.model._meta.model_name, LATECOMERS]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(stretches), values)
        last = sorted((pk for (pk,) in cursor.fetchall()), reverse=True)
    return blake2s("-".join(map(str, last)).encode(), digest_size=16).hexdigest()


def looks_before(look_id: int | None, *, limit: int) -> QuerySet[Look]:
    """Return the access log, newest first, from before `look_id` (or from the end)."""
    looks = Look.objects.order_by("-id")
    if look_id is not None:
        looks = looks.filter(id__lt=look_id)
    return looks[:limit]
