"""Who may do what: the table in the code and the one in the docs say the same, and rights follow from them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.access import Rights, rights_of
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.operations import choose_channels, choose_language, say_available, set_password
from aanspreekpunt.organisation.permissions import GRANTS, Permission
from aanspreekpunt.organisation.queries import colleagues_of, is_staffed, supervisors_of, works_in
from aanspreekpunt.organisation.tests.make import make_cast, make_employee, make_team

DOC = Path(__file__).parents[3] / "docs" / "permissions.md"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ROW = re.compile(r"^\| [^|]* \| `(\w+)` \|(.*)\|$")


def documented() -> dict[str, set[str]]:
    """Read the table: the roles that each permission is given to."""
    lines = DOC.read_text(encoding="utf-8").splitlines()
    roles = re.findall(r"`(\w+)`", next(line for line in lines if line.startswith("| what |")))
    rows = [found for line in lines if (found := ROW.match(line))]
    return {
        name: {role for role, cell in zip(roles, cells.split("|"), strict=True) if cell.strip()}
        for name, cells in (row.groups() for row in rows)
    }


def test_the_documented_table_is_the_one_in_use() -> None:
    in_use = {
        str(permission): {role for role, granted in GRANTS.items() if permission in granted}
        for permission in Permission
    }
    assert documented() == in_use


def test_every_role_has_its_line_in_the_table() -> None:
    assert set(GRANTS) == set(Role.values)


def test_a_right_held_in_a_team_counts_there_and_one_held_without_everywhere() -> None:
    here = Rights((("supervisor", 1), ("content_editor", 2)))
    assert here.may(Permission.SUPERVISE, team_id=1)
    assert not here.may(Permission.SUPERVISE, team_id=2)
    assert here.may(Permission.SUPERVISE)
    assert not here.is_everywhere(Permission.SUPERVISE)
    assert here.team_ids_with(Permission.EDIT_ANSWERS) == {2}
    assert here.team_ids == {1}, "editing the answers of a team does not make its questions one's own"
    everywhere = Rights((("supervisor", None),))
    assert everywhere.may(Permission.SUPERVISE, team_id=7)
    assert everywhere.is_everywhere(Permission.SUPERVISE)
    assert everywhere.team_ids == frozenset()


@pytest.mark.django_db
def test_rights_come_from_memberships_and_end_with_leaving() -> None:
    cast = make_cast()
    assert rights_of(cast.anna).held == (("agent", cast.desk.pk),)
    assert works_in(cast.wim, cast.waste)
    assert not works_in(make_employee("Eva", (Role.SUPERVISOR, None)), cast.waste)
    cast.wim.is_active = False
    assert rights_of(cast.wim).held == ()
    assert not works_in(cast.wim, cast.waste)


@pytest.mark.django_db
def test_a_team_is_staffed_by_who_still_works_there() -> None:
    cast = make_cast()
    assert is_staffed(cast.youth)
    make_employee("Max", (Role.MANAGER, cast.youth))
    assert [each.name for each in colleagues_of(cast.youth)] == ["Joke"]
    cast.joke.is_active = False
    cast.joke.save()
    assert not is_staffed(cast.youth)
    assert list(colleagues_of(cast.youth)) == []


@pytest.mark.django_db
def test_who_has_two_roles_in_a_team_is_one_colleague() -> None:
    cast = make_cast()
    assert [each.name for each in colleagues_of(cast.desk)] == ["Anna", "Bram", "Sofie"]
    assert [each.name for each in colleagues_of(cast.waste)] == ["Sander", "Wilma", "Wim"]
    assert all(works_in(each, cast.waste) for each in colleagues_of(cast.waste))


@pytest.mark.django_db
def test_a_broken_promise_is_heard_by_the_supervisors_of_the_team_or_else_by_those_of_all() -> None:
    cast = make_cast()
    make_employee("Eva", (Role.SUPERVISOR, None))
    assert [each.name for each in supervisors_of(cast.waste)] == ["Sander"]
    assert [each.name for each in supervisors_of(cast.youth)] == ["Eva"]


@pytest.mark.django_db
def test_a_team_is_at_work_while_it_exists_and_opens() -> None:
    team = make_team("waste")
    assert team.is_at_work
    team.hours = {"mon": []}
    assert not team.is_at_work


@pytest.mark.django_db
def test_what_an_employee_sets_for_himself_is_on_record_once() -> None:
    cast = make_cast()
    for _ in range(2):
        choose_language(employee=cast.wim, language="en", by=cast.wim, at=NOW)
        choose_channels(employee=cast.wim, channels=["phone", "email"], by=cast.wim, at=NOW)
        say_available(employee=cast.wim, is_available=False, by=cast.wim, at=NOW)
    choose_language(employee=cast.wim, language="tlh", by=cast.wim, at=NOW)
    say_available(employee=cast.wim, is_available=True, by=cast.wim, at=NOW)
    set_password(employee=cast.wim, password="een lange zin die niemand raadt", by=cast.wim, at=NOW)
    assert list(Entry.objects.order_by("id").values_list("event", flat=True)) == [
        "employee.chose_language",
        "employee.chose_channels",
        "employee.went_away",
        "employee.became_available",
        "employee.password_set",
    ]
    assert not Entry.objects.filter(data__icontains="zin").exists()
