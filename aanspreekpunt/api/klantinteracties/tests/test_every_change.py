"""What holds for changing a thing of every kind: what is required, what a PUT and a PATCH leave alone, what is null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.calls import System
from aanspreekpunt.api.klantinteracties.tests.examples import KINDS, NOWHERE, one_of_each, path_of
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

pytestmark = pytest.mark.django_db
KISS = System()
kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
REQUIRED = {
    "actoren": "naam soortActor",
    "actorklantcontacten": "actor klantcontact",
    "betrokkenen": "hadKlantcontact rol initiator",
    "bijlagen": "",
    "categorie-relaties": "",
    "categorieen": "",
    "digitaleadressen": "adres soortDigitaalAdres",
    "internetaken": "gevraagdeHandeling aanleidinggevendKlantcontact status",
    "klantcontacten": "kanaal onderwerp taal vertrouwelijk",
    "onderwerpobjecten": "",
    "organisatie": "handelsnaam",
    "partij-identificatoren": "partijIdentificator",
    "partijen": "soortPartij indicatieActief",
    "persoon": "geboortedatum geslachtsnaam",
    "rekeningnummers": "iban",
    "vertegenwoordigingen": "vertegenwoordigendePartij vertegenwoordigdePartij",
}
REFS = {
    "actorklantcontacten": "actor klantcontact",
    "betrokkenen": "wasPartij hadKlantcontact",
    "bijlagen": "wasBijlageVanKlantcontact",
    "categorie-relaties": "partij categorie",
    "digitaleadressen": "verstrektDoorBetrokkene verstrektDoorPartij",
    "internetaken": "aanleidinggevendKlantcontact",
    "onderwerpobjecten": "klantcontact wasKlantcontact",
    "partij-identificatoren": "identificeerdePartij subIdentificatorVan",
    "partijen": "voorkeursDigitaalAdres voorkeursRekeningnummer",
    "rekeningnummers": "partij",
    "vertegenwoordigingen": "vertegenwoordigendePartij vertegenwoordigdePartij",
}


@pytest.fixture
def made() -> dict[str, dict[str, Any]]:
    make_cast()
    return one_of_each()


@kinds
def test_what_has_to_be_said_and_what_cannot_be(kind: type[Resource], made: dict[str, dict[str, Any]]) -> None:
    expected = {(name, "required") for name in REQUIRED[kind.path].split()}
    path = path_of(kind)
    for verb, address in (("POST", path), ("PUT", f"{path}/{made[kind.path]['uuid']}")):
        answer = KISS.call(verb, address, {})
        assert (answer.faults if expected else answer.status < 300) == (expected or True), verb
        for body in ([], "x", 3):
            assert KISS.call(verb, address, body).faults == {("nonFieldErrors", "invalid")}, (verb, body)


@kinds
def test_saying_nothing_and_saying_the_same_change_nothing(
    kind: type[Resource], made: dict[str, dict[str, Any]]
) -> None:
    before = made[kind.path]
    path = f"{path_of(kind)}/{before['uuid']}"
    same = {name: value for name, value in before.items() if name != "toegewezenAanActor"}
    for verb, body in (("PATCH", {}), ("PUT", same), ("PATCH", same)):
        answer = KISS.call(verb, path, body)
        assert answer.status == 200, answer
        assert KISS.get(path) == answer.body, verb
        assert {**answer.body, "_expand": None} == {**before, "_expand": None}, verb


@kinds
def test_every_field_is_null_or_says_that_it_may_not_be(kind: type[Resource], made: dict[str, dict[str, Any]]) -> None:
    path = f"{path_of(kind)}/{made[kind.path]['uuid']}"
    for name, each in kind.fields.items():
        if each.read_only or (kind.path, name) == ("digitaleadressen", "verstrektDoorPartij"):
            continue  # the standard address of a party stays that of a party
        answer = KISS.call("PATCH", path, {name: None})
        if each.nullable:
            assert (answer.status, answer.body) == (200, KISS.get(path)), name
        else:
            assert answer.faults == {(name, "null")}, name


@pytest.mark.parametrize("path", REFS)
def test_every_thing_that_is_named_and_not_there_is_named_at_once(path: str, made: dict[str, dict[str, Any]]) -> None:
    names = REFS[path].split()
    expected = {(f"{name}.uuid", "invalid") for name in names}
    body = {**made[path], **{name: {"uuid": NOWHERE} for name in names}}
    for own in ("toegewezenAanActor", "nummer", "referentienummer"):  # of the one that was made
        body.pop(own, None)
    assert KISS.call("POST", path, body).faults == expected
    assert KISS.call("PUT", f"{path}/{made[path]['uuid']}", body).faults == expected
    assert KISS.call("PATCH", f"{path}/{made[path]['uuid']}", body).faults == expected
