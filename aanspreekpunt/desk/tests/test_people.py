"""What another system registered and dealt with itself is found at the desk where one looks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Look
from aanspreekpunt.parties.tests.make import MONDAY, make_party
from aanspreekpunt.promises.operations import answer_at_once
from aanspreekpunt.promises.tests.make import KAREL, make_asked
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.questions.operations import add_participant, link_actor, register_contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db

GZAC = PlainActor("token", 1, "Zaaksysteem")
SECRET = "Over de brief van het college"


def told(team: Team | None = None, *, who: dict[str, Any] | None = None, **fields: Any) -> Contact:
    """Let another system register a contact with somebody."""
    facts = {"told_channel": "Telefoon", "subject": "Over de brief", "text": "Wat staat er in?", **fields}
    contact = register_contact(told=facts, team=team, by=GZAC, at=MONDAY)  # type: ignore[arg-type]  # by name
    if who is not None:
        add_participant(told={"contact": contact, **who}, by=GZAC, at=MONDAY)  # type: ignore[typeddict-item]  # by name
    return contact


def search(browser: Client, text: str) -> str:
    return browser.post("/desk/zoeken", {"text": text}, follow=True).content.decode()


@pytest.mark.parametrize("text", ["0612345678", "karel@example.org", "Van Deurne", "karel van DEURNE", "1234567"])
def test_a_contact_in_another_system_is_found_by_address_name_and_number(
    logged_in: LogIn, cast: Cast, text: str
) -> None:
    who = {"first_name": "Karel", "infix": "van", "last_name": "Deurne", "phone": "+31612345678", "email": KAREL.email}
    contact = told(who=who, number="1234567", reply="Dat het duurder wordt.")
    assert cast.wim.register_actor is not None
    link_actor(contact=contact, actor=cast.wim.register_actor, by=GZAC, at=MONDAY)
    page = search(logged_in(cast.anna), text)
    for shown in ("Over de brief", "Wat staat er in?", "Dat het duurder wordt.", "Zaaksysteem", "Wim", "Telefoon"):
        assert shown in page
    assert Look.objects.filter(subject_kind="contact", subject_id=contact.pk, purpose="search").count() == 1


def test_the_number_of_a_contact_leads_to_its_question(logged_in: LogIn, cast: Cast) -> None:
    asked = answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    number = Contact.objects.get(pk=asked.contact.pk).reference_number or ""
    assert asked.question.shown_reference in search(logged_in(cast.anna), f"{number[:4]} {number[4:]}")


def test_a_person_is_shown_with_what_was_asked_here_and_elsewhere(logged_in: LogIn, cast: Cast) -> None:
    party = make_party(first_name="Karel", last_name="Deurne", phone="+31612345678")
    answer_at_once(asked=make_asked(customer=type(KAREL)(party=party)), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    told(who={"party": party})
    browser = logged_in(cast.anna)
    assert f"/desk/persoon/{party.uuid}" in search(browser, "Deurne")
    page = browser.get(f"/desk/persoon/{party.uuid}").content.decode()
    assert "Over de brief" in page
    assert "Container niet geleegd" in page
    assert set(Look.objects.filter(purpose="person").values_list("subject_kind", flat=True)) == {
        "party",
        "question",
        "contact",
    }


def test_an_unknown_person_is_not_there(logged_in: LogIn, cast: Cast) -> None:
    assert logged_in(cast.anna).get("/desk/persoon/00000000-0000-7000-8000-000000000000").status_code == 404


def test_a_confidential_contact_without_a_question_is_seen_by_few(logged_in: LogIn, cast: Cast) -> None:
    party = make_party(last_name="Deurne")
    told(who={"party": party}, subject=SECRET, is_confidential=True)
    told(cast.youth, who={"party": party}, subject=f"{SECRET} van jeugd", is_confidential=True)
    seen = {
        employee.name: logged_in(employee).get(f"/desk/persoon/{party.uuid}").content.decode().count(SECRET)
        for employee in (cast.anna, cast.sofie, cast.joke, cast.wim, cast.sander)
    }
    assert seen == {"Anna": 0, "Sofie": 2, "Joke": 1, "Wim": 0, "Sander": 0}


def test_a_department_sees_what_its_own_system_registered(logged_in: LogIn, cast: Cast) -> None:
    party = make_party(last_name="Deurne")
    told(cast.waste, who={"party": party})
    address = f"/desk/persoon/{party.uuid}"
    assert "Over de brief" in logged_in(cast.wim).get(address).content.decode()
    assert "Over de brief" not in logged_in(cast.joke).get(address).content.decode()
    assert "Over de brief" in logged_in(cast.anna).get(address).content.decode()


def test_looking_at_a_person_takes_as_many_queries_however_much_there_is(
    logged_in: LogIn, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    party = make_party(last_name="Deurne")
    for _ in range(12):
        told(who={"party": party})
    browser = logged_in(cast.anna)
    browser.get("/desk/")
    with django_assert_max_num_queries(14):
        browser.get(f"/desk/persoon/{party.uuid}")
