"""Whom of ours an actor of another system stands for."""

from __future__ import annotations

import pytest

from aanspreekpunt.organisation.matching import Described, KnownTeam, Match, match

WASTE = KnownTeam(1, "afval", ("Afval en milieu", "Waste"), "afval@voorbeeld.example")
YOUTH = KnownTeam(2, "jeugd", ("Jeugd",))
TWIN = KnownTeam(3, "jeugd-zuid", ("jeugd",))
EMPLOYEES = {"wim@voorbeeld.example": 7}


@pytest.mark.parametrize(
    ("actor", "wanted"),
    [
        (Described("unit", "Iets anders", object_id="AFVAL"), Match(team_id=1)),
        (Described("unit", "Iets anders", object_id="Afval@Voorbeeld.example"), Match(team_id=1)),
        (Described("unit", "Iets anders", email="afval@voorbeeld.example"), Match(team_id=1)),
        (Described("unit", "  afval  EN milieu "), Match(team_id=1)),
        (Described("unit", "waste"), Match(team_id=1)),
        (Described("unit", "Jeugd"), Match()),  # two teams are called so
        (Described("unit", "Jeugd", object_id="jeugd-zuid"), Match(team_id=3)),
        (Described("unit", "?", object_id="Afval en milieu"), Match(team_id=1)),
        (Described("unit", ""), Match()),
        (Described("employee", "Wim", object_id="WIM@voorbeeld.example"), Match(employee_id=7)),
        (Described("employee", "Wim", object_id="jansen01", email="wim@voorbeeld.example"), Match(employee_id=7)),
        (Described("employee", "Wim", object_id="jansen01"), Match()),
        (Described("employee", "Afval en milieu", object_id="afval"), Match()),
        (Described("system", "afval", object_id="afval"), Match()),
    ],
)
def test_whom_an_actor_stands_for(actor: Described, wanted: Match) -> None:
    assert match(actor, teams=[WASTE, YOUTH, TWIN], employees=EMPLOYEES) == wanted
