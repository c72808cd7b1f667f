"""Nothing confidential gets out over any address: every kind of thing, every filter, every expand, every reference."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest

from aanspreekpunt.api.klantinteracties.contract.filters import Kind
from aanspreekpunt.api.klantinteracties.resources import RESOURCES
from aanspreekpunt.api.klantinteracties.tests.things import System
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

pytestmark = pytest.mark.django_db

SECRET, OPEN = "Zwijgplicht", "Openbaar"
PATHS: Final = {kind.path for kind in RESOURCES}


def parts(word: str, made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Tell what there is to make about one contact, in order; `made` holds what was made before, by path."""

    def of(path: str) -> dict[str, str] | None:
        return {"uuid": made[path]["uuid"]} if path in made else None

    yield (
        "klantcontacten",
        {"kanaal": word, "onderwerp": word, "inhoud": word, "taal": "nld", "vertrouwelijk": word == SECRET},
    )
    yield (
        "betrokkenen",
        {
            "wasPartij": of("partijen"),
            "hadKlantcontact": of("klantcontacten"),
            "rol": "klant",
            "initiator": True,
            "organisatienaam": word,
            "contactnaam": {"voorletters": "", "voornaam": word, "voorvoegselAchternaam": "", "achternaam": word},
        },
    )
    yield (
        "digitaleadressen",
        {
            "verstrektDoorBetrokkene": of("betrokkenen"),
            "verstrektDoorPartij": None,
            "adres": f"{word}@example.org".lower(),
            "soortDigitaalAdres": "email",
            "omschrijving": word,
        },
    )
    pointer = {"objectId": word, "codeObjecttype": word, "codeRegister": word, "codeSoortObjectId": word}
    yield (
        "onderwerpobjecten",
        {"klantcontact": of("klantcontacten"), "wasKlantcontact": None, "onderwerpobjectidentificator": pointer},
    )
    yield ("bijlagen", {"wasBijlageVanKlantcontact": of("klantcontacten"), "bijlageidentificator": pointer})
    yield ("actorklantcontacten", {"actor": of("actoren"), "klantcontact": of("klantcontacten")})
    yield (
        "internetaken",
        {
            "gevraagdeHandeling": word,
            "toelichting": word,
            "aanleidinggevendKlantcontact": of("klantcontacten"),
            "toegewezenAanActoren": [of("actoren")],
            "status": "te_verwerken",
        },
    )


def shared() -> Iterator[tuple[str, dict[str, Any]]]:
    """Tell what both contacts have in common, and nobody hides."""
    yield ("actoren", {"naam": "Afval", "soortActor": "organisatorische_eenheid", "indicatieActief": True})
    yield (
        "partijen",
        {
            "soortPartij": "persoon",
            "indicatieActief": True,
            "indicatieGeheimhouding": False,
            "digitaleAdressen": [],
            "voorkeursDigitaalAdres": None,
            "rekeningnummers": [],
            "voorkeursRekeningnummer": None,
            "partijIdentificatie": {"contactnaam": {"voornaam": "Els", "achternaam": "Jansen"}},
        },
    )


@pytest.fixture
def owner(client: Client) -> System:
    make_cast()
    return System(client, "Eigenaar", sees_confidential=True)


@pytest.fixture
def world(owner: System) -> dict[str, dict[str, Any]]:
    """Make an open and a secret contact with all that belongs to them; return what is secret, by path."""
    made = {path: _make(owner, path, body) for path, body in shared() if path in PATHS}
    common = dict(made)
    for word in (OPEN, SECRET):
        made = dict(common)
        for path, body in parts(word, made):
            if path in PATHS:
                made[path] = _make(owner, path, body)
    return {path: body for path, body in made.items() if path not in common}


def _make(owner: System, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = owner.calls("POST", f"/klantinteracties/api/v1/{path}", body)
    assert answer.status_code == 201, (path, answer.content)
    found: dict[str, Any] = answer.json()
    return found


def leaves(value: Any) -> Iterator[str]:
    """Return every plain value in a body."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif value not in {None, ""}:
        yield json.dumps(value) if isinstance(value, bool) else str(value)


def tries(name: str, one: Filter, secret: list[str]) -> list[str]:
    """Return what somebody who guesses would ask this filter."""
    if one.kind in {Kind.UUID, Kind.URL}:
        return [each for each in secret if each.startswith("http") == (one.kind is Kind.URL) and "-" in each]
    if one.kind is Kind.YES_NO:
        return ["true", "false"]
    if one.kind is Kind.CHOICE:
        return list(one.options)
    words = [each for each in secret if not each.startswith("http")]
    return [*words, *(each[:5] for each in words)] if name else []


def expands_of(kind: type[Resource]) -> list[str]:
    all_at_once = [f"expand={','.join(kind.expands)}"] if kind.expands else []
    return ["", *(f"expand={each}" for each in kind.expands), *all_at_once]


@pytest.mark.parametrize("kind", RESOURCES, ids=lambda kind: kind.path)
def test_nothing_confidential_gets_out(kind: type[Resource], owner: System, world: dict[str, dict[str, Any]]) -> None:
    limited = System(owner.client, "Beperkt")
    secret = list(dict.fromkeys(each for body in world.values() for each in leaves(body)))
    uuids = [body["uuid"] for body in world.values()]
    address = f"{kind.root}{kind.path}"

    def look(query: str) -> None:
        answer = limited.calls("GET", f"{address}?pageSize=500&{query}")
        text = answer.content.decode()
        assert SECRET.lower() not in text.replace(quote(query), "").lower() or answer.status_code == 400, query
        assert not [uuid for uuid in uuids if uuid in text and uuid not in query], query
        if answer.status_code == 200:
            body = answer.json()
            assert body["count"] == len(body["results"]), query
            assert not {each["uuid"] for each in body["results"]} & set(uuids), query
            assert not [uuid for uuid in uuids if uuid in json.dumps(body["results"])], query

    for query in expands_of(kind):
        look(query)
    for name, one in kind.filters.items():
        for value in dict.fromkeys(tries(name, one, secret)):
            look(f"{quote(name)}={quote(value)}")


@pytest.mark.parametrize("kind", RESOURCES, ids=lambda kind: kind.path)
def test_nothing_confidential_is_there_by_its_uuid(
    kind: type[Resource], owner: System, world: dict[str, dict[str, Any]]
) -> None:
    limited = System(owner.client, "Beperkt")
    for body in world.values():
        one = f"{kind.root}{kind.path}/{body['uuid']}"
        for query in expands_of(kind):
            assert limited.calls("GET", f"{one}?{query}").status_code == 404
        for method in kind.verbs_of_one & {"PUT", "PATCH", "DELETE"}:
            assert limited.calls(method, one, {}).status_code == 404
    shown = limited.calls("GET", f"{kind.root}{kind.path}").json()
    for body in shown["results"] if kind.is_paged else []:
        for query in expands_of(kind):
            text = limited.calls("GET", f"{kind.root}{kind.path}/{body['uuid']}?{query}").content.decode()
            assert SECRET.lower() not in text.lower(), query


def test_nothing_can_be_hung_on_what_is_confidential(owner: System, world: dict[str, dict[str, Any]]) -> None:
    limited = System(owner.client, "Beperkt")
    common = {path: _make(owner, path, body) for path, body in shared() if path in PATHS}
    hangers = [(path, body) for path, body in parts(OPEN, {**common, **world}) if path in PATHS]
    for path, body in hangers:
        if path == "klantcontacten":
            continue
        answer = limited.calls("POST", f"/klantinteracties/api/v1/{path}", body)
        assert answer.status_code == 400, (path, answer.content)
        assert SECRET.lower() not in answer.content.decode().lower()
