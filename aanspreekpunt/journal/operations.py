"""Writing in the journal. Every operation elsewhere writes its line here, in its own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from aanspreekpunt.common.writing import IdOf
from aanspreekpunt.journal.models import Entry, EntryText, Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import Model

    from aanspreekpunt.journal.actors import Actor


def line(
    event: str,
    *,
    subject: Model,
    team_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    told_resident: bool = False,
    by: Actor,
    at: datetime,
) -> Entry:
    """Return the unsaved journal line that `event` happened to `subject`; see `record` for the meaning of each part.

    A subject that has no id yet has to be written in the same statement as the line.
    """
    subject_id: Any = IdOf(subject) if subject.pk is None else subject.pk
    return Entry(
        event=event,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject_id,
        team_id=team_id,
        by_kind=by.actor_kind,
        by_id=by.actor_id,
        by_name="" if by.actor_kind == "resident" else by.actor_name,  # a name could never be erased from here
        at=at,
        shown_to_resident=told_resident,
        data=dict(data or {}),
    )


def record(
    event: str,
    *,
    subject: Model,
    text: str = "",
    team_id: int | None = None,
    data: Mapping[str, Any] | None = None,
    told_resident: bool = False,
    by: Actor,
    at: datetime,
) -> Entry:
    """Write that `event` ("noun.verb") happened to `subject`.

    `text` are words people wrote (kept apart, can be erased); `data` holds codes and ids only. `team_id` is the team
    whose screens must know. `told_resident` says whether the resident sees this line.
    """
    entry = line(event, subject=subject, team_id=team_id, data=data, told_resident=told_resident, by=by, at=at)
    entry.save(force_insert=True)
    if text:
        EntryText(entry=entry, text=text).save(force_insert=True)
    return entry


def record_look(*, subject: Model, purpose: str, by: Actor, at: datetime) -> None:
    """Write that an employee looked at personal data of `subject`, and what for."""
    Look(
        employee_id=by.actor_id or 0,
        employee_name=by.actor_name,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        purpose=purpose,
        at=at,
    ).save(force_insert=True)


def record_look_once(*, subject: Model, purpose: str, since: datetime, by: Actor, at: datetime) -> None:
    """Write a look as `record_look` does, unless the same employee already looked for the same since `since`."""
    record_looks_once(subjects=[(type(subject), subject.pk)], purpose=purpose, since=since, by=by, at=at)


def record_looks_once(
    *, subjects: Iterable[tuple[type[Model], int]], purpose: str, since: datetime, by: Actor, at: datetime
) -> None:
    """Write a look at each of `subjects` (kind and id) as `record_look_once` does. One query, or none for nobody."""
    seen = set(subjects)
    if not seen:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_look (employee_id, employee_name, subject_kind, subject_id, purpose, at)"
            " SELECT %(employee)s, %(name)s, seen.kind, seen.id, %(purpose)s, %(at)s"
            " FROM unnest(%(kinds)s::text[], %(ids)s::bigint[]) seen(kind, id) WHERE NOT EXISTS ("
            " SELECT FROM journal_look WHERE subject_kind = seen.kind AND subject_id = seen.id"
            " AND employee_id = %(employee)s AND purpose = %(purpose)s AND at > %(since)s)",
            {
                "employee": by.actor_id or 0,
                "name": by.actor_name,
                "kinds": [kind._meta.model_name for kind, _ in seen],
                "ids": [pk for _, pk in seen],
                "purpose": purpose,
                "at": at,
                "since": since,
            },
        )


@transaction.atomic
def erase_words(*, subject: Model, by: Actor, at: datetime) -> int:
    """Empty every text in the journal about `subject`; the bare facts stay. Returns how many were emptied."""
    erased = EntryText.objects.filter(
        entry__subject_kind=subject._meta.model_name, entry__subject_id=subject.pk, erased_at__isnull=True
    ).update(text="", erased_at=at)
    record("words.erased", subject=subject, data={"texts": erased}, by=by, at=at)
    return erased
