"""Taking a question in hand and putting it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.promises import operations as promises
from aanspreekpunt.queues import operations as queues

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee


class TakeUp(Action):
    """Start working on it."""

    verb, key = "take-up", "p"
    name, done = _("Take in hand"), _("You have this question in hand.")
    is_at_once = True

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.question.state == "waiting" and scene.works_here

    def perform(self, *, by: Employee, at: datetime) -> None:
        promises.take_up(question=self.scene.question, by=by, at=at)


class Release(Action):
    """Put it back in the queue; a supervisor may do so with what a colleague holds."""

    verb, key = "release", "l"
    name, done = _("Put back in the queue"), _("The question is back in the queue of its team.")
    is_at_once = True

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.question.state == "in_hand" and (scene.is_mine or scene.supervises)

    def perform(self, *, by: Employee, at: datetime) -> None:
        queues.release(question=self.scene.question, by=by, at=at)
