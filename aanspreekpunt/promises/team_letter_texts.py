"""What each letter to colleagues says: that something waits, never whose it is or what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from aanspreekpunt.common.paper import Block, Facts, Link, Paragraph
from aanspreekpunt.common.times import spell_moment

if TYPE_CHECKING:
    from aanspreekpunt.promises.told import Told

DESK_PATH = "/desk/"


def team_notice(told: Told) -> list[Block]:
    """Tell a team that a question waits, without saying whose or what."""
    return [
        Paragraph(_("A question was handed to your team.")),
        _for_team(told),
        Link(_("You find it at the desk"), settings.BASE_URL + DESK_PATH),
    ]


def team_reminder(told: Told) -> list[Block]:
    """Remind a team of a promise that comes near."""
    return [
        Paragraph(_("Your team promised an answer, and the date comes near.")),
        _for_team(told),
        Link(_("You find it at the desk"), settings.BASE_URL + DESK_PATH),
    ]


def supervisor_alarm(told: Told) -> list[Block]:
    """Tell a supervisor of a promise that was not kept in time."""
    return [
        Paragraph(_("A promise to a resident was not kept in time. The resident is still waiting.")),
        _for_team(told),
        Link(_("You find it at the desk"), settings.BASE_URL + DESK_PATH),
    ]


def second_hop(told: Told) -> list[Block]:
    """Tell a supervisor that another system handed a question over once more, and to whom."""
    return [
        Paragraph(_("Another system handed a question over that was handed over before. Look whether that is right.")),
        _for_team(told),
        Link(_("You find it at the desk"), settings.BASE_URL + DESK_PATH),
    ]


def _for_team(told: Told) -> Facts:
    pairs = [(_("Number"), told.question.shown_reference)]
    if told.team:
        pairs.append((_("Team"), told.team.shown_name))
    if told.due_at:
        pairs.append((_("Promised by"), spell_moment(told.due_at)))
    return Facts(pairs)
