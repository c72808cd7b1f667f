"""Builders for tests: a small municipality with a fixed cast of people."""

from __future__ import annotations

from dataclasses import dataclass

from aanspreekpunt.organisation.actors import keep_actor
from aanspreekpunt.organisation.models import Employee, Membership, Municipality, Role, Team
from aanspreekpunt.organisation.queries import forget_remembered

OFFICE_HOURS = {day: [["08:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def make_municipality() -> Municipality:
    """Make the one municipality, closed on the usual holidays."""
    forget_remembered()
    found, _ = Municipality.objects.update_or_create(
        id=1,
        defaults={
            "name": "Gemeente Voorbeeldstad",
            "slug": "voorbeeldstad",
            "contact": {"phone": "14 0999", "email": "gemeente@voorbeeldstad.example"},
            "open_channels": ["phone", "counter", "web_form", "email", "letter"],
            "closed_holidays": ["Nieuwjaarsdag", "Koningsdag", "Eerste kerstdag", "Tweede kerstdag"],
        },
    )
    return found


def make_team(key: str, *, is_contact_centre: bool = False, mailbox: str = "") -> Team:
    """Make a team that works in office hours."""
    team = Team.objects.create(
        key=key, name=key.capitalize(), is_contact_centre=is_contact_centre, hours=OFFICE_HOURS, mailbox=mailbox
    )
    keep_actor(of=team)
    return team


def make_employee(name: str, *roles: tuple[str, Team | None]) -> Employee:
    """Make an employee with these roles; his password is his name in lower case."""
    employee = Employee(email=f"{name.lower()}@voorbeeldstad.example", name=name)
    employee.set_password(name.lower())
    employee.save()
    keep_actor(of=employee)
    for role, team in roles:
        Membership.objects.create(employee=employee, team=team, role=role)
    return employee


@dataclass(frozen=True)
class Cast:
    """The people and teams nearly every test plays with."""

    desk: Team
    waste: Team
    youth: Team
    anna: Employee
    """agent at the desk"""
    bram: Employee
    """agent at the desk"""
    wim: Employee
    """works at waste"""
    wilma: Employee
    """works at waste"""
    joke: Employee
    """works at youth care, where questions are confidential"""
    sofie: Employee
    """supervises the desk"""
    sander: Employee
    """supervises waste"""
    olga: Employee
    """privacy officer; no business with questions"""


def make_cast() -> Cast:
    """Make the municipality, three teams and eight people."""
    make_municipality()
    desk = make_team("desk", is_contact_centre=True)
    waste = make_team("waste", mailbox="waste@voorbeeldstad.example")
    youth = make_team("youth")
    return Cast(
        desk=desk,
        waste=waste,
        youth=youth,
        anna=make_employee("Anna", (Role.AGENT, desk)),
        bram=make_employee("Bram", (Role.AGENT, desk)),
        wim=make_employee("Wim", (Role.DEPARTMENT_EMPLOYEE, waste)),
        wilma=make_employee("Wilma", (Role.DEPARTMENT_EMPLOYEE, waste)),
        joke=make_employee("Joke", (Role.DEPARTMENT_EMPLOYEE, youth)),
        sofie=make_employee("Sofie", (Role.AGENT, desk), (Role.SUPERVISOR, desk)),
        sander=make_employee("Sander", (Role.SUPERVISOR, waste)),
        olga=make_employee("Olga", (Role.PRIVACY_OFFICER, None)),
    )
