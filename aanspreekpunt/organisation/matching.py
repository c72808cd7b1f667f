"""Whom of ours an actor stands for that another system made. Plain Python, no Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Described:
    """An actor as another system describes it: what it is, how it is called and by what it is identified."""

    kind: str
    name: str
    object_id: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class KnownTeam:
    """By what a team of ours can be recognised."""

    id: int
    key: str
    names: tuple[str, ...]
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The team or the employee an actor stands for; neither when it is nobody of ours."""

    team_id: int | None = None
    employee_id: int | None = None


NOBODY = Match()


def match(actor: Described, *, teams: Iterable[KnownTeam], employees: Mapping[str, int]) -> Match:
    """Return whom `actor` stands for; `employees` are the ids of ours by e-mail address in lower case.

    An employee is known by his address alone, for two may bear the same name. A unit is known by the key of the team,
    else by its mailbox, else by its name whatever its case, as long as no two teams have it. A system is nobody.
    """
    if actor.kind == "employee":
        return _employee(actor, employees)
    return _team(actor, list(teams)) if actor.kind == "unit" else NOBODY


def addresses_of(actor: Described) -> list[str]:
    """Return the e-mail addresses by which an actor may be recognised, in lower case, the surest first."""
    found = [_folded(each) for each in (actor.object_id, actor.email) if "@" in each]
    return list(dict.fromkeys(found))


def _employee(actor: Described, employees: Mapping[str, int]) -> Match:
    found = next((employees[each] for each in addresses_of(actor) if each in employees), None)
    return Match(employee_id=found)


def _team(actor: Described, teams: list[KnownTeam]) -> Match:
    identity, name, addresses = _folded(actor.object_id), _folded(actor.name), set(addresses_of(actor))
    ways = (
        [team.id for team in teams if identity and identity == team.key.casefold()],
        [team.id for team in teams if team.mailbox and _folded(team.mailbox) in addresses],
        [team.id for team in teams if name and name in {_folded(each) for each in team.names}],
        [team.id for team in teams if identity and identity in {_folded(each) for each in team.names}],
    )
    found = next((ids for ids in ways if ids), [])
    return Match(team_id=found[0]) if len(found) == 1 else NOBODY


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
