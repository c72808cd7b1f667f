"""Reading the journal: timelines, and a cheap answer to "is there anything newer?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.journal.models import Entry, Look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet

# A line with a lower id may become visible later than one with a higher id, when its transaction took longer. Looking
# at the last so many ids instead of only at the highest makes sure such a latecomer still changes the version.
LATECOMERS = 16


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


def version_of(subject: Model) -> str:
    """Return a short text that changes whenever something happens to `subject`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(last.id::text, ',')) FROM ("
            " SELECT id FROM journal_entry WHERE subject_kind = %s AND subject_id = %s ORDER BY id DESC LIMIT %s) last",
            [subject._meta.model_name, subject.pk, LATECOMERS],
        )
        row = cursor.fetchone()
    return row[0] or "none"


def looks_before(look_id: int | None, *, limit: int) -> QuerySet[Look]:
    """Return the access log, newest first, from before `look_id` (or from the end)."""
    looks = Look.objects.order_by("-id")
    if look_id is not None:
        looks = looks.filter(id__lt=look_id)
    return looks[:limit]
