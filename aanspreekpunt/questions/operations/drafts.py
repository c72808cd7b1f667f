"""Keeping what an employee is typing, so that a crash of the browser loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.questions.models import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from aanspreekpunt.organisation.models import Employee


def save_draft(*, conversation: UUID, fields: Mapping[str, Any], by: Employee, at: datetime) -> Draft | None:
    """Keep what `by` is typing. Returns None when the conversation belongs to a colleague."""
    draft, _ = Draft.objects.get_or_create(
        conversation=conversation, defaults={"employee": by, "begun_at": at, "saved_at": at, "fields": dict(fields)}
    )
    if draft.employee_id != by.pk:
        return None
    draft.fields, draft.saved_at = dict(fields), at
    draft.save(update_fields=["fields", "saved_at"])
    return draft


def discard_draft(*, conversation: UUID, by: Employee) -> None:
    """Throw away what `by` was typing in this conversation."""
    Draft.objects.filter(conversation=conversation, employee=by).delete()
