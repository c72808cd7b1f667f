"""Who can do something: an employee, a team, the system itself, or the resident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anyone or anything the journal can name as the one who did something."""

    @property
    def actor_kind(self) -> str: ...

    @property
    def actor_id(self) -> int | None: ...

    @property
    def actor_name(self) -> str: ...


@dataclass(frozen=True)
class PlainActor:
    """An actor without a record of its own."""

    actor_kind: str
    actor_id: int | None = None
    actor_name: str = ""


SYSTEM = PlainActor("system")
RESIDENT = PlainActor("resident")
