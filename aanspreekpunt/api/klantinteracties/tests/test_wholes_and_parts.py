"""What belongs together is said in whole: what is left out of a group is empty afterwards, by PUT and PATCH alike."""

from __future__ import annotations

from typing import Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.calls import System, contact, ref
from aanspreekpunt.api.klantinteracties.tests.examples import NOWHERE, POINTER
from aanspreekpunt.api.klantinteracties.tests.parties import (
    BSN,
    KAREL,
    KVK,
    OTHER_BSN,
    SHOP,
    number,
    organisation,
    person,
)

pytestmark = pytest.mark.django_db
KISS = System()
NOBODY = dict.fromkeys(KAREL, "")


def patched(path: str, thing: dict[str, Any], **fields: Any) -> Any:
    answer = KISS.call("PATCH", f"{path}/{thing['uuid']}", fields)
    assert answer.status == 200, answer
    return answer.body


@pytest.mark.parametrize(
    ("path", "group", "more"),
    [
        ("onderwerpobjecten", "onderwerpobjectidentificator", {}),
        ("bijlagen", "bijlageidentificator", {}),
        ("actoren", "actoridentificator", {"naam": "Els", "soortActor": "medewerker"}),
    ],
)
def test_a_pointer_to_another_register_is_replaced_in_whole(path: str, group: str, more: dict[str, Any]) -> None:
    made = KISS.post(path, {**more, group: POINTER})
    empty = dict.fromkeys(POINTER, "")
    assert patched(path, made)[group] == POINTER
    assert patched(path, made, **{group: {"objectId": "2"}})[group] == {**empty, "objectId": "2"}
    assert KISS.call("PUT", f"{path}/{made['uuid']}", more).body[group] == {**empty, "objectId": "2"}
    assert patched(path, made, **{group: {}})[group] == empty


@pytest.mark.parametrize("name", ["nummer", "referentienummer"])
def test_a_number_of_a_contact_or_task_consists_of_digits(name: str) -> None:
    for path, more in (("klantcontacten", contact()), ("internetaken", {})):
        answer = KISS.call("POST", path, {**more, name: "KC-1"})
        assert (name, "invalid") in answer.faults
        both = KISS.call("POST", path, {**more, name: "KC-20260001"})
        assert {(name, "invalid"), (name, "max_length")} <= both.faults
    assert KISS.call("POST", "partijen", person(nummer="P1")).faults == {("nummer", "invalid")}
    assert KISS.post("klantcontacten", contact(**{name: "-12"}))[name] == "-12"


def test_a_moment_without_a_zone_is_utc_in_what_is_sent_and_what_is_asked() -> None:
    made = KISS.post("klantcontacten", contact(plaatsgevondenOp="2026-07-01T10:00:00"))
    assert made["plaatsgevondenOp"] == "2026-07-01T10:00:00Z"
    (found,) = KISS.found("klantcontacten", plaatsgevondenOp="2026-07-01T10:00:00")
    assert found["uuid"] == made["uuid"]


def test_an_actor_that_says_its_kind_says_all_its_details() -> None:
    details = {"functie": "Behandelaar", "emailadres": "els@example.org", "telefoonnummer": "0612345678"}
    made = KISS.post("actoren", {"naam": "Els", "soortActor": "medewerker", "actorIdentificatie": details})
    part = {"actorIdentificatie": {"functie": "Chef"}}
    assert patched("actoren", made, **part)["actorIdentificatie"] == {**details, "functie": "Chef"}
    answer = KISS.call("PATCH", f"actoren/{made['uuid']}", {"soortActor": "medewerker", **part})
    assert answer.faults == {("actorIdentificatie.telefoonnummer", "required")}


class TestWhoAPartyIs:
    """`partijIdentificatie` replaces who a party was."""

    def test_what_is_left_out_is_empty(self) -> None:
        company = KISS.post("partijen", organisation())
        identity = {"werkteVoorPartij": ref(company), "contactnaam": KAREL}
        sent = {"soortPartij": "contactpersoon", "indicatieActief": True, "partijIdentificatie": identity}
        made = KISS.post("partijen", sent)
        only_name = patched("partijen", made, partijIdentificatie={"contactnaam": {"voornaam": "Carla"}})
        shown = only_name["partijIdentificatie"]
        assert (shown["werkteVoorPartij"], shown["contactnaam"]) == (None, {**NOBODY, "voornaam": "Carla"})
        assert shown["volledigeNaam"] == "Carla"
        only_work = patched("partijen", made, partijIdentificatie={"werkteVoorPartij": ref(company)})
        shown = only_work["partijIdentificatie"]
        assert (shown["werkteVoorPartij"]["uuid"], shown["contactnaam"]) == (company["uuid"], NOBODY)

    def test_an_empty_group_says_nothing(self) -> None:
        made = KISS.post("partijen", person())
        for nothing in ({}, None, {"volledigeNaam": "Iemand"}):
            assert patched("partijen", made, partijIdentificatie=nothing) == made
        assert "partijIdentificatie" not in KISS.post("partijen", person(partijIdentificatie={}))

    def test_works_for_something_that_is_not_there(self) -> None:
        identity = {"werkteVoorPartij": {"uuid": NOWHERE}}
        sent = {"soortPartij": "contactpersoon", "indicatieActief": True, "partijIdentificatie": identity}
        fault = {("partijIdentificatie.werkteVoorPartij.uuid", "invalid")}
        assert KISS.call("POST", "partijen", sent).faults == fault


class TestNumbersInAParty:
    """`partijIdentificatoren`: what is wrong with one is named by its place in the list."""

    @pytest.mark.parametrize(
        ("codes", "name"),
        [
            ({"codeRegister": "hr"}, "partijIdentificatorCodeObjecttype"),
            ({"codeSoortObjectId": "rsin"}, "partijIdentificatorCodeSoortObjectId"),
            ({"objectId": BSN[:-1]}, "partijIdentificatorObjectId"),
            ({"objectId": "111222334"}, "partijIdentificatorObjectId"),
        ],
    )
    def test_codes_that_do_not_go_together(self, codes: dict[str, str], name: str) -> None:
        wrong = {"partijIdentificator": {**number()["partijIdentificator"], **codes}}
        made = KISS.post("partijen", person())
        numbers = {"partijIdentificatoren": [number("rsin", OTHER_BSN), wrong]}
        fault = {(f"partijIdentificatoren.1.{name}", "invalid")}
        assert KISS.call("POST", "partijen", person(**numbers)).faults == fault
        for verb in ("PUT", "PATCH"):
            assert KISS.call(verb, f"partijen/{made['uuid']}", person(**numbers)).faults == fault

    def test_one_that_is_named_twice(self) -> None:
        made = KISS.post("partijen", person(partijIdentificatoren=[number()]))
        twice = [number(uuid=made["partijIdentificatoren"][0]["uuid"])] * 2
        answer = KISS.call("PATCH", f"partijen/{made['uuid']}", {"partijIdentificatoren": twice})
        assert answer.faults == {("partijIdentificatoren.identificeerdePartij", "duplicated")}

    def test_one_without_codes(self) -> None:
        made = KISS.post("partijen", person())
        for verb in ("PUT", "PATCH"):
            answer = KISS.call(verb, f"partijen/{made['uuid']}", person(partijIdentificatoren=[{}]))
            assert answer.faults == {("partijIdentificatoren.0.partijIdentificator", "required")}

    def test_an_establishment_names_its_company_each_time(self) -> None:
        company = KISS.post("partij-identificatoren", number("kvk_nummer", KVK))
        shop = number("vestigingsnummer", SHOP, subIdentificatorVan=ref(company))
        made = KISS.post("partijen", organisation(partijIdentificatoren=[shop]))
        known = {"uuid": made["partijIdentificatoren"][0]["uuid"]}
        again = patched("partijen", made, partijIdentificatoren=[{**shop, **known}])
        assert again["partijIdentificatoren"] == made["partijIdentificatoren"]
        alone = [number("vestigingsnummer", SHOP, **known)]
        answer = KISS.call("PATCH", f"partijen/{made['uuid']}", {"partijIdentificatoren": alone})
        assert answer.faults == {("partijIdentificatoren.0.subIdentificatorVan", "invalid")}
