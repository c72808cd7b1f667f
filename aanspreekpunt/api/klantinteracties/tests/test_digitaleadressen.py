"""Phone numbers and e-mail addresses over the standard interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.calls import contact, ref
from aanspreekpunt.api.klantinteracties.tests.examples import NOWHERE
from aanspreekpunt.api.klantinteracties.tests.parties import BSN, KISS, number, organisation, person, phone, uuids
from aanspreekpunt.parties.queries import find_parties
from aanspreekpunt.parties.tests.make import make_party
from aanspreekpunt.questions.models import Participant

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

pytestmark = pytest.mark.django_db


def mail(**fields: Any) -> dict[str, Any]:
    return {"adres": "Karel@Example.org", "soortDigitaalAdres": "email", **fields}


def someone(**fields: Any) -> dict[str, Any]:
    """Return somebody who took part in a contact."""
    told = KISS.post("klantcontacten", contact())
    part = {"hadKlantcontact": ref(told), "rol": "klant", "initiator": True, **fields}
    found: dict[str, Any] = KISS.post("betrokkenen", part)
    return found


def test_an_address_comes_back_letter_by_letter_and_is_found_at_the_desk() -> None:
    party = KISS.post("partijen", person())
    sent = phone(
        adres="0031612345678",
        verstrektDoorPartij=ref(party),
        verstrektDoorBetrokkene=None,
        isStandaardAdres=True,
        omschrijving="mobiel",
        referentie="portaal-1",
        verificatieDatum="2026-03-02",
    )
    made = KISS.post("digitaleadressen", sent)
    assert made == KISS.get(f"digitaleadressen/{made['uuid']}")
    assert {**made, "verstrektDoorPartij": ref(party)} == {**sent, "uuid": made["uuid"], "url": made["url"]}
    assert [found.name for found in find_parties("06 12345678")] == ["Karel van Deurne"]


def test_an_address_of_the_desk_is_one_of_the_standard() -> None:
    make_party()
    found = {each["soortDigitaalAdres"]: each for each in KISS.found("digitaleadressen")}
    assert (found["telefoonnummer"]["adres"], found["email"]["adres"]) == ("+31612345678", "karel@example.org")
    assert found["email"]["isStandaardAdres"]


def test_what_is_required_is_named() -> None:
    assert KISS.call("POST", "digitaleadressen", {}).faults == {
        ("adres", "required"),
        ("soortDigitaalAdres", "required"),
    }


@pytest.mark.parametrize(
    ("kind", "address", "is_one"),
    [
        ("telefoonnummer", "0612345678", True),
        ("telefoonnummer", "+31612345678", True),
        ("telefoonnummer", "0031612345678", True),
        ("telefoonnummer", "14020", False),
        ("telefoonnummer", "0800 1234", False),
        ("telefoonnummer", "06-12345678", False),
        ("email", "karel@example.org", True),
        ("email", "karel", False),
        ("overig", "@karel", True),
    ],
)
def test_an_address_has_the_form_of_its_kind(kind: str, address: str, is_one: bool) -> None:  # noqa: FBT001 - a parameter of the test
    answer = KISS.call("POST", "digitaleadressen", {"adres": address, "soortDigitaalAdres": kind})
    assert answer.status == (201 if is_one else 400)
    if not is_one:
        assert answer.faults == {("adres", "invalid")}


def test_the_form_is_checked_whenever_the_address_is_said() -> None:
    path = (
        f"digitaleadressen/{KISS.post('digitaleadressen', {'adres': '@karel', 'soortDigitaalAdres': 'overig'})['uuid']}"
    )
    both = {"soortDigitaalAdres": "email", "adres": "@karel"}
    for verb in ("PUT", "PATCH"):
        assert KISS.call(verb, path, both).faults == {("adres", "invalid")}
    assert KISS.call("PATCH", path, {"soortDigitaalAdres": "email"}).status == 200
    assert KISS.call("PATCH", path, {"adres": "@karel"}).faults == {("adres", "invalid")}
    assert KISS.call("PATCH", path, {"omschrijving": "x"}).status == 200


def test_a_form_that_is_wrong_is_named_with_all_else_that_is_wrong() -> None:
    wrong = {"adres": "karel", "referentie": "met spatie", "verstrektDoorPartij": {"uuid": NOWHERE}}
    faults = {("adres", "invalid"), ("referentie", "invalid"), ("verstrektDoorPartij.uuid", "invalid")}
    assert KISS.call("POST", "digitaleadressen", mail(**wrong)).faults == faults
    made = KISS.post("digitaleadressen", mail())
    assert KISS.call("PATCH", f"digitaleadressen/{made['uuid']}", wrong).faults == faults
    assert KISS.call("PATCH", f"digitaleadressen/{made['uuid']}", {**wrong, "adres": ""}).faults == {
        ("adres", "blank"),
        *(faults - {("adres", "invalid")}),
    }
    absent = {name: value for name, value in wrong.items() if name != "referentie"}
    assert KISS.call("POST", "digitaleadressen", mail(**absent)).faults == faults - {("referentie", "invalid")}


def test_one_address_of_a_kind_is_the_standard_one() -> None:
    party = KISS.post("partijen", person())
    first = KISS.post("digitaleadressen", phone(verstrektDoorPartij=ref(party), isStandaardAdres=True))
    second = KISS.post("digitaleadressen", phone(verstrektDoorPartij=ref(party)))
    KISS.call("PATCH", f"digitaleadressen/{second['uuid']}", {"isStandaardAdres": True})
    assert uuids(KISS.found("digitaleadressen", isStandaardAdres="true")) == [second["uuid"]]
    assert not KISS.get(f"digitaleadressen/{first['uuid']}")["isStandaardAdres"]
    assert KISS.call("POST", "digitaleadressen", phone(isStandaardAdres=True)).faults == {
        ("isStandaardAdres", "invalid")
    }


def test_a_reference_is_used_once_per_party_and_kind() -> None:
    party = KISS.post("partijen", person())
    KISS.post("digitaleadressen", phone(verstrektDoorPartij=ref(party), referentie="portaal"))
    answer = KISS.call("POST", "digitaleadressen", phone(verstrektDoorPartij=ref(party), referentie="portaal"))
    assert answer.faults == {("nonFieldErrors", "unique")}
    KISS.post("digitaleadressen", mail(verstrektDoorPartij=ref(party), referentie="portaal"))
    assert KISS.call("POST", "digitaleadressen", phone(referentie="niet goed")).faults == {("referentie", "invalid")}


def test_an_address_given_in_a_contact_is_how_to_reach_who_gave_it() -> None:
    who = someone()
    made = KISS.post("digitaleadressen", mail(verstrektDoorBetrokkene=ref(who)))
    assert Participant.objects.get().email == "karel@example.org"
    KISS.post("digitaleadressen", mail(adres="other@example.org", verstrektDoorBetrokkene=ref(who)))
    assert Participant.objects.get().email == "karel@example.org"
    shown = KISS.get(f"digitaleadressen/{made['uuid']}", expand="verstrektDoorBetrokkene.hadKlantcontact")
    inside = shown["_expand"]["verstrektDoorBetrokkene"]
    assert inside["uuid"] == who["uuid"]
    assert inside["_expand"]["hadKlantcontact"]["onderwerp"] == "Paspoort"


def test_addresses_given_in_a_contact_stand_in_the_order_in_which_they_were_given() -> None:
    who = someone()
    said = [mail(adres=f"{name}@example.org", verstrektDoorBetrokkene=ref(who)) for name in ("b", "a")]
    given = [KISS.post("digitaleadressen", each) for each in said]
    shown = KISS.get(f"betrokkenen/{who['uuid']}", expand="digitaleAdressen")
    assert uuids(shown["digitaleAdressen"]) == uuids(given)
    assert uuids(shown["_expand"]["digitaleAdressen"]) == uuids(given)


@pytest.mark.parametrize("field", ["verstrektDoorPartij", "verstrektDoorBetrokkene"])
def test_who_gave_it_must_exist(field: str) -> None:
    nowhere = {"uuid": "095be615-a8ad-4c33-8e9c-c7612fbf6c9f"}
    assert KISS.call("POST", "digitaleadressen", phone(**{field: nowhere})).faults == {(f"{field}.uuid", "invalid")}


class TestFinding:
    """The filters."""

    def test_by_the_address_itself_however_it_was_written(self) -> None:
        number_, mail_ = KISS.post("digitaleadressen", phone()), KISS.post("digitaleadressen", mail())
        other = KISS.post("digitaleadressen", {"adres": "Karel@example.org", "soortDigitaalAdres": "overig"})
        assert uuids(KISS.found("digitaleadressen", adres="+31612345678")) == [number_["uuid"]]
        assert uuids(KISS.found("digitaleadressen", adres="karel@example.org")) == [mail_["uuid"]]
        assert uuids(KISS.found("digitaleadressen", adres="Karel@example.org")) == [other["uuid"], mail_["uuid"]]
        assert uuids(KISS.found("digitaleadressen", adres__icontains="EXAMPLE")) == [other["uuid"], mail_["uuid"]]
        assert KISS.found("digitaleadressen", adres__icontains="%") == []

    def test_by_what_is_said_of_it(self) -> None:
        KISS.post("digitaleadressen", phone())
        said = {"omschrijving": "Thuis", "referentie": "thuis", "verificatieDatum": "2026-03-02"}
        made = KISS.post("digitaleadressen", mail(**said))
        for query in (
            {"omschrijving": "hui"},
            {"referentie": "thuis"},
            {"soortDigitaalAdres": "email"},
            {"isGeverifieerd": "true"},
            {"verificatieDatum": "2026-03-02"},
            {"verificatieDatum__gt": "2026-03-01"},
            {"verificatieDatum__gte": "2026-03-02"},
            {"verificatieDatum__lt": "2026-03-03"},
            {"verificatieDatum__lte": "2026-03-02"},
        ):
            assert uuids(KISS.found("digitaleadressen", **query)) == [made["uuid"]], query
        assert KISS.found("digitaleadressen", verificatieDatum__gt="2026-03-02") == []
        assert KISS.call("GET", "digitaleadressen", verificatieDatum="x").faults == {("verificatieDatum", "invalid")}

    def test_by_whose_it_is(self) -> None:
        party = KISS.post("partijen", person(partijIdentificatoren=[number()]))
        who = someone(rol="vertegenwoordiger")
        KISS.post("digitaleadressen", phone(verstrektDoorPartij=ref(KISS.post("partijen", organisation()))))
        made = KISS.post("digitaleadressen", mail(verstrektDoorPartij=ref(party), verstrektDoorBetrokkene=ref(who)))
        for query in (
            {"verstrektDoorPartij__uuid": party["uuid"]},
            {"verstrektDoorPartij__url": party["url"].replace("testserver", "voorbeeldstad.example")},
            {"verstrektDoorPartij__soortPartij": "persoon"},
            {"verstrektDoorPartij__partijIdentificator__objectId": BSN},
            {"verstrektDoorPartij__partijIdentificator__codeSoortObjectId": "bsn"},
            {"verstrektDoorBetrokkene__uuid": who["uuid"]},
            {"verstrektDoorBetrokkene__url": who["url"].replace("testserver", "voorbeeldstad.example")},
            {"verstrektDoorBetrokkene__rol": "vertegenwoordiger"},
        ):
            assert uuids(KISS.found("digitaleadressen", **query)) == [made["uuid"]], query
        assert KISS.found("digitaleadressen", verstrektDoorBetrokkene__rol="klant") == []


def test_a_page_takes_three_queries_and_a_line_in_the_access_log(
    django_assert_max_num_queries: DjangoAssertMaxNumQueries,
) -> None:
    for _ in range(20):
        KISS.post("digitaleadressen", phone())
    with django_assert_max_num_queries(4):
        assert len(KISS.found("digitaleadressen")) == 20
