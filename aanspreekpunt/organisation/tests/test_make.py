"""The cast is made all at once, and nothing about it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.hashers import check_password

from aanspreekpunt.organisation.models import ActorRecord, Employee, Membership, Team
from aanspreekpunt.organisation.tests.make import make_cast, make_employee, make_municipality, make_team

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db

OF_ITS_OWN = {"id", "uuid", "password"}
"""Columns with a value that nothing else has."""
POINTS_TO = ("register_actor", "employee", "team")


def told(each: Model) -> dict[str, Any]:
    """Return what a row says, with the name of what it points to."""
    columns = {field.name for field in each._meta.concrete_fields} - OF_ITS_OWN
    return {name: str(getattr(each, name)) if name in POINTS_TO else getattr(each, name) for name in columns}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return what every row of the teams, employees, roles and actors says."""
    kinds: tuple[type[Model], ...] = (Team, Employee, Membership, ActorRecord)
    return {kind.__name__: [told(each) for each in kind._default_manager.order_by("pk")] for kind in kinds}


def test_the_cast_is_as_it_is_when_each_is_made_alone() -> None:
    cast = make_cast()
    at_once, memberships = rows(), list(Membership.objects.values_list("employee__name", "role", "team__key"))
    for kind in (Membership, Employee, Team, ActorRecord):
        kind._default_manager.all().delete()
    make_municipality()
    teams = {
        team.key: make_team(team.key, is_contact_centre=team.is_contact_centre, mailbox=team.mailbox)
        for team in (cast.desk, cast.waste, cast.youth)
    }
    for name in ("Anna", "Bram", "Wim", "Wilma", "Joke", "Sofie", "Sander", "Olga"):
        make_employee(name, *((role, teams.get(key)) for each, role, key in memberships if each == name))
    in_turn = rows()
    assert {kind: len(found) for kind, found in at_once.items()} == {
        "Team": 3,
        "Employee": 8,
        "Membership": 9,
        "ActorRecord": 11,
    }
    assert at_once == in_turn


def test_everybody_in_the_cast_is_as_the_database_knows_him() -> None:
    cast = make_cast()
    for each in (cast.desk, cast.youth, cast.anna, cast.olga):
        kept = type(each)._default_manager.get(pk=each.pk)
        assert told(each) == told(kept)
        assert each.register_actor_id == kept.register_actor_id
    assert check_password("wilma", cast.wilma.password)
    assert len({each.password for each in Employee.objects.all()}) == 8
