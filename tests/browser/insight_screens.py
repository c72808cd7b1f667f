"""Every screen about what the desk could settle itself, in every state that looks different."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.insights.counting import count_lately
from aanspreekpunt.insights.operations import decide
from aanspreekpunt.insights.tests.make import make_answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.browser.stage import Stage

ENOUGH = 6
"""So many questions about one product stand out."""

CARRY_OUT = "Carry out: the desk may settle this"


def _counted(stage: Stage) -> str:
    """Let questions about bins be handed over that the desk could have answered; return where that is shown."""
    for _each in range(ENOUGH):
        make_answered(stage.town.cast, stage.town.container, at=timezone.now() - timedelta(days=8))
    count_lately(at=timezone.now())
    return reverse("desk:insight", args=[stage.town.container.key, "question"])


def _decided(stage: Stage) -> str:
    address = _counted(stage)
    at = timezone.now()
    decide(product=stage.town.container, kind="question", answer="yes", reason="Dat kan.", by=stage.town.mara, at=at)
    return address


def _list(stage: Stage) -> Person:
    _counted(stage)
    return stage.staff(stage.town.mara, "/desk/voor-of-achter").sees("6 (100%)")


def _list_to_carry_out(stage: Stage) -> Person:
    _decided(stage)
    return stage.staff(stage.town.frits, "/desk/voor-of-achter").sees("Decided, not carried out yet")


def _refused(stage: Stage) -> Person:
    person = stage.staff(stage.town.mara, _counted(stage)).expects("422")
    return person.presses("No, it stays with the department").sees("Zeg waarom niet, of waarom later.")


INSIGHT_SCREENS: dict[str, Callable[[Stage], Person]] = {
    "front or back, empty": lambda stage: stage.staff(stage.town.mara, "/desk/voor-of-achter"),
    "front or back": _list,
    "front or back, to carry out": _list_to_carry_out,
    "insight, to decide": lambda stage: stage.staff(stage.town.mara, _counted(stage)),
    "insight, refused": _refused,
    "insight, decided": lambda stage: stage.staff(stage.town.mara, _decided(stage)),
    "insight, to carry out": lambda stage: stage.staff(stage.town.frits, _decided(stage)).sees(CARRY_OUT),
    "insight, read by a supervisor": lambda stage: stage.staff(stage.town.cast.sander, _counted(stage)),
}
