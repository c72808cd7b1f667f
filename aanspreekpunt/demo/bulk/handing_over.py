"""The rows by which a question of the bulk load was handed over, and by which other systems know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uuid_utils import uuid7

from aanspreekpunt.promises.models import Handover, Task, TaskActor

if TYPE_CHECKING:
    from aanspreekpunt.demo.bulk.cases import Case
    from aanspreekpunt.demo.bulk.sheets import Sheets
    from aanspreekpunt.organisation.models import Team


def write_handover(sheets: Sheets, case: Case, *, asked: str, desk: Team) -> None:
    """Write that the desk handed it over."""
    state = "done" if case.ended_at else "taken_up" if case.worker else "open"
    worker_id = case.worker.pk if case.worker else None
    sheets.add(
        Handover,
        *(uuid7(), case.id, case.contact_id, desk.pk, case.owner_id, 1),
        *(asked, "", "", False, state, case.agent.pk, case.at),
        *(worker_id, case.at if worker_id else None, case.ended_at, ""),
    )


def write_task(sheets: Sheets, case: Case, *, asked: str, owner: Team, task_id: int) -> None:
    """Write the task that leads it, for the team that owns it."""
    state = "done" if case.ended_at else "open"
    sheets.add(Task, task_id, uuid7(), case.id, case.contact_id, asked, "", state, True, False, case.at, case.ended_at)
    if owner.register_actor_id:
        sheets.add(TaskActor, task_id, owner.register_actor_id, 0, state)
