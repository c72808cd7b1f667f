"""Keeping what an employee is typing, so that a crash of the browser loses nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.questions.models import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from aanspreekpunt.organisation.models import Employee


def save_draft(*, conversation: UUID, fields: Mapping[str, Any], by: Employee, at: datetime) -> Draft | None:
    """Keep what `by` is typing. Returns None when the conversation belongs to a colleague. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO questions_draft AS kept (conversation, employee_id, fields, begun_at, saved_at)"
            " VALUES (%s, %s, %s::jsonb, %s, %s) ON CONFLICT (conversation)"
            " DO UPDATE SET fields = excluded.fields, saved_at = excluded.saved_at"
            " WHERE kept.employee_id = excluded.employee_id RETURNING begun_at",
            [conversation, by.pk, json.dumps(dict(fields)), at, at],
        )
        saved = cursor.fetchone()
    if saved is None:
        return None
    return Draft(conversation=conversation, employee=by, fields=dict(fields), begun_at=saved[0], saved_at=at)


def discard_draft(*, conversation: UUID, by: Employee) -> None:
    """Throw away what `by` was typing in this conversation."""
    Draft.objects.filter(conversation=conversation, employee=by).delete()
