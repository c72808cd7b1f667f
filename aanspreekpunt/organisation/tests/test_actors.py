"""The register of actors: our own are kept true, those of other systems are matched."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.actors import ActorGiven, change_actor, keep_actor, make_actor, remove_actor
from aanspreekpunt.organisation.models import ActorRecord, Employee, Team
from aanspreekpunt.organisation.tests.make import Cast, make_cast

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
KISS = PlainActor("token", 1, "Contact desktop")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_employees_and_teams_have_an_actor_that_other_systems_find(cast: Cast) -> None:
    anna, desk = cast.anna.register_actor, cast.desk.register_actor
    assert anna is not None
    assert (anna.kind, anna.object_id, anna.object_type, anna.register, anna.object_id_kind) == (
        "employee",
        "anna@voorbeeldstad.example",
        "mdw",
        "msei",
        "email",
    )
    assert anna.employee == cast.anna
    assert desk is not None
    assert (desk.kind, desk.object_id, desk.object_type, desk.register, desk.object_id_kind) == (
        "unit",
        "desk",
        "afd",
        "obj",
        "idf",
    )
    assert desk.team == cast.desk


def test_an_actor_follows_its_employee(cast: Cast) -> None:
    before = cast.anna.register_actor_id
    cast.anna.name, cast.anna.function, cast.anna.is_active = "Anna Berg", "Agent", False
    cast.anna.save()
    actor = keep_actor(of=cast.anna)
    assert actor.pk == before
    actor.refresh_from_db()
    assert (actor.name, actor.details["function"], actor.is_active) == ("Anna Berg", "Agent", False)


def test_a_removed_actor_is_made_anew_and_only_once(cast: Cast) -> None:
    stale = Employee.objects.get(pk=cast.anna.pk)
    assert cast.anna.register_actor is not None
    remove_actor(actor=cast.anna.register_actor, by=KISS, at=AT)
    cast.anna.refresh_from_db()
    assert cast.anna.register_actor_id is None
    made = keep_actor(of=cast.anna)
    stale.register_actor = None
    assert keep_actor(of=stale) == made


def test_actors_of_other_systems_stand_for_ours_where_they_can(cast: Cast) -> None:
    unit = make_actor(given=ActorGiven(name="WASTE", kind="unit"), by=KISS, at=AT)
    person = make_actor(
        given=ActorGiven(name="W.", kind="employee", object_id="Wim@Voorbeeldstad.example"), by=KISS, at=AT
    )
    system = make_actor(given=ActorGiven(name="waste", kind="system", object_id="waste"), by=KISS, at=AT)
    assert (unit.team, person.employee, system.team) == (cast.waste, cast.wim, None)
    assert list(Entry.objects.filter(event="actor.registered").values_list("by_kind", flat=True)) == ["token"] * 3


def test_who_an_actor_stands_for_follows_what_is_said_of_it_except_for_our_own(cast: Cast) -> None:
    unit = make_actor(given=ActorGiven(name="waste", kind="unit"), by=KISS, at=AT)
    change_actor(actor=unit, given=ActorGiven(name="youth", kind="unit", details=None), by=KISS, at=AT)
    unit.refresh_from_db()
    assert (unit.team, unit.has_details) == (cast.youth, False)
    own = Team.objects.get(key="waste").register_actor
    assert own is not None
    change_actor(actor=own, given=ActorGiven(name="youth", kind="unit"), by=KISS, at=AT)
    assert ActorRecord.objects.get(pk=own.pk).team == cast.waste
