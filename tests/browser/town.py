"""The municipality of the journeys: the fixed cast, with the departments and products the cases of VNG speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.config import testing_tables
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.organisation.tests.make import Cast, make_cast, make_employee, make_team

if TYPE_CHECKING:
    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Team

LASTING = ("organisation_", "actor", "catalogue_", "knowledge_", "django_", "auth_")
"""Tables that keep their rows from one journey to the next; processes remember some of them for seconds."""


@dataclass(frozen=True)
class Town:
    """Who and what there is besides the cast."""

    cast: Cast
    permits: Team
    public_space: Team
    vera: Employee
    """works at permits"""
    victor: Employee
    """works at permits"""
    otto: Employee
    """works at public space"""
    building_permit: Product
    collection: Product
    container: Product
    defect: Product
    youth_care: Product
    allowance: Product
    carla: Employee
    """edits all answers"""
    dirk: Employee
    """edits all answers"""
    mara: Employee
    """manages everything"""
    frits: Employee
    """administers the product"""


def build_town() -> Town:
    """Make everything, committed, so that the web server sees it."""
    cast = make_cast()
    _name(cast.desk, "Klantcontactcentrum", "Contact centre")
    _name(cast.waste, "Afval", "Waste")
    _name(cast.youth, "Jeugd", "Youth")
    Employee.objects.filter(pk=cast.wim.pk).update(function="Opzichter", phone="0612345678")
    permits = _name(make_team("vergunningen", mailbox="vergunningen@voorbeeldstad.example"), "Vergunningen", "Permits")
    public_space = _name(make_team("openbare-ruimte"), "Openbare ruimte", "Public space")
    make_answer(
        "container-gemist",
        question="Mijn container is niet geleegd",
        question_en="My bin was not emptied",
        answer="Laat de **container** staan. Wij komen binnen één dag.",
        answer_en="Leave the bin where it is. We come within a day.",
        desk_note="Kijk eerst of de straat is afgesloten.",
        ask=("Stond de container om half acht buiten?", "Welke kleur heeft het deksel?"),
        product_keys=("container",),
    )
    return Town(
        cast=cast,
        permits=permits,
        public_space=public_space,
        vera=make_employee("Vera", (Role.DEPARTMENT_EMPLOYEE, permits)),
        victor=make_employee("Victor", (Role.DEPARTMENT_EMPLOYEE, permits)),
        otto=make_employee("Otto", (Role.DEPARTMENT_EMPLOYEE, public_space)),
        building_permit=make_product(
            "bouwvergunning",
            team=permits,
            name="Omgevingsvergunning voor bouwen",
            name_en="Building permit",
            everyday_names=["bouwvergunning", "dakkapel", "verbouwen"],
        ),
        collection=make_product(
            "ophaalschema",
            team=cast.waste,
            name="Ophaalschema vuilnis",
            name_en="Waste collection calendar",
            everyday_names=["huisvuil", "afvalkalender"],
            desk_may_settle=True,
        ),
        container=make_product(
            "container",
            team=cast.waste,
            name="Container niet geleegd",
            name_en="Bin not emptied",
            everyday_names=["kliko", "vuilnisbak"],
        ),
        defect=make_product(
            "melding",
            team=public_space,
            name="Melding openbare ruimte",
            name_en="Report a problem in the street",
            everyday_names=["lantaarnpaal", "losse tegel", "kapot"],
            kind="report",
            role="manages",
            form={
                "fields": [
                    {
                        "key": "place",
                        "type": "text",
                        "label": "Waar is het?",
                        "label_en": "Where is it?",
                        "required": True,
                    },
                ],
            },
        ),
        youth_care=make_product(
            "jeugdhulp", team=cast.youth, name="Jeugdhulp", name_en="Youth care", is_confidential=True
        ),
        allowance=make_product(
            "toeslagen",
            team=cast.desk,
            name="Huurtoeslag",
            name_en="Rent allowance",
            refer_to={
                "name": "Dienst Toeslagen",
                "phone": "0800 0543",
                "text": "De huurtoeslag vraagt u aan bij Dienst Toeslagen.",
                "text_en": "You apply for rent allowance at the Benefits Office.",
            },
        ),
        carla=make_editor("Carla"),
        dirk=make_editor("Dirk"),
        mara=make_employee("Mara", (Role.MANAGER, None)),
        frits=make_employee("Frits", (Role.FUNCTIONAL_ADMINISTRATOR, None)),
    )


def clear_town() -> None:
    """Forget everything that happened, and keep the people: much cheaper than making them again."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith(LASTING)]
    testing_tables.empty(tables)
    Employee.objects.update(language="nl", is_available=True, channels=[])


def demolish_town() -> None:
    """Leave the database as empty as other tests expect it."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    testing_tables.empty(set(names) - testing_tables.NEVER_EMPTIED)


def _name(team: Team, name: str, name_en: str) -> Team:
    team.name, team.name_en = name, name_en
    team.save(update_fields=["name", "name_en"])
    return team
