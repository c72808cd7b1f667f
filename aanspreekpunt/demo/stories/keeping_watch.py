"""The jobs that keep watch over promises, as on a running installation, though only in office hours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.promises import operations

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.demo.timeline import Story
    from aanspreekpunt.demo.world import World

_OFTEN = timedelta(hours=3)


def watch(world: World, at: datetime) -> Story:
    """Remind, raise alarms and go on without a reply, again and again."""
    while True:
        operations.remind_of_promises(at=at)
        operations.escalate_broken_promises(at=at)
        operations.continue_without_reply(at=at)
        at = world.in_hours(world.desk, at + _OFTEN)
        yield at
