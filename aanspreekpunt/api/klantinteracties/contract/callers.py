"""Who calls: the system behind a request, and what it may see and do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aanspreekpunt.journal.access_log import Asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.journal.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Caller:
    """The system behind a request.

    `may` says whether it may "read", "write" or "delete" things at a path such as `klantcontacten`; `team_ids` are the
    teams it is kept to, None for all; `asked` is what it said about its request.
    """

    actor: Actor
    may: Callable[[str, str], bool]
    sees_confidential: bool = False
    team_ids: frozenset[int] | None = None
    asked: Asked = field(default_factory=Asked)

    @property
    def sees_everything(self) -> bool:
        """Whether nothing is hidden from it, so that no list has to be narrowed."""
        return self.sees_confidential and self.team_ids is None
