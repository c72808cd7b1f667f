"""The sentences an agent says aloud: what we promise, by when, and who keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.common.times import spell_date, spell_time, spell_window

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.promises.models import Promise


def will_hear(*, team: Team, due_at: datetime) -> str:
    """Return "U hoort uiterlijk woensdag 4 maart om 17.00 uur van team Afval."."""
    words = {"day": spell_date(localtime(due_at).date()), "time": spell_time(due_at), "team": team.shown_name}
    if team.is_contact_centre:
        return _("You will hear from us by %(day)s at %(time)s at the latest.") % words
    return _("You will hear from the %(team)s team by %(day)s at %(time)s at the latest.") % words


def will_call(*, team: Team, starts_at: datetime, ends_at: datetime, phone: str) -> str:
    """Return "Team Afval belt u woensdag 4 maart tussen 10.00 en 12.00 uur op 06 12345678."."""
    words = {
        "team": team.shown_name,
        "window": spell_window(starts_at, ends_at),
        "phone": format_phone_number(phone) if phone else _("(number not known yet)"),
    }
    if team.is_contact_centre:
        return _("We will call you on %(window)s, on %(phone)s.") % words
    return _("The %(team)s team will call you on %(window)s, on %(phone)s.") % words


def promised(promise: Promise) -> str:
    """Return the sentence for a promise that was made."""
    if promise.starts_at is not None:
        return will_call(team=promise.team, starts_at=promise.starts_at, ends_at=promise.due_at, phone=promise.phone)
    return will_hear(team=promise.team, due_at=promise.due_at)
