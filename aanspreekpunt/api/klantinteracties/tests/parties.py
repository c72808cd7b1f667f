"""Parties and what hangs together with them, as clients send them."""

from __future__ import annotations

from typing import Any

from aanspreekpunt.api.klantinteracties.tests.calls import System

KISS = System()
BSN, OTHER_BSN, KVK, SHOP = "111222333", "123456782", "12345678", "000012345678"

NO_ADDRESS: dict[str, Any] = {
    "nummeraanduidingId": "",
    "straatnaam": "",
    "huisnummer": None,
    "huisnummertoevoeging": "",
    "postcode": "",
    "stad": "",
    "adresregel1": "",
    "adresregel2": "",
    "adresregel3": "",
    "land": "",
}
AN_ADDRESS: dict[str, Any] = {
    "nummeraanduidingId": "1234567890000001",
    "straatnaam": "Kerkstraat",
    "huisnummer": 12,
    "huisnummertoevoeging": "A",
    "postcode": "1234 AB",
    "stad": "Voorbeeldstad",
    "adresregel1": "",
    "adresregel2": "Tweede verdieping",
    "adresregel3": "",
    "land": "NL",
}
KAREL = {"voorletters": "K.", "voornaam": "Karel", "voorvoegselAchternaam": "van", "achternaam": "Deurne"}
CODES = {
    "bsn": ("natuurlijk_persoon", "brp"),
    "rsin": ("niet_natuurlijk_persoon", "hr"),
    "kvk_nummer": ("niet_natuurlijk_persoon", "hr"),
    "vestigingsnummer": ("vestiging", "hr"),
}


def person(**fields: Any) -> dict[str, Any]:
    """Return a person as a client sends one."""
    return {
        "soortPartij": "persoon",
        "indicatieActief": True,
        "partijIdentificatie": {"contactnaam": KAREL},
        **fields,
    }


def organisation(**fields: Any) -> dict[str, Any]:
    """Return an organisation as a client sends one."""
    identity = {"naam": "Bakkerij Bloem"}
    return {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": identity, **fields}


def number(kind: str = "bsn", value: str = BSN, **fields: Any) -> dict[str, Any]:
    """Return a number of another register as a client sends one."""
    thing, register = CODES[kind]
    codes = {"codeObjecttype": thing, "codeSoortObjectId": kind, "objectId": value, "codeRegister": register}
    return {"partijIdentificator": codes, **fields}


def phone(**fields: Any) -> dict[str, Any]:
    """Return a phone number as a client sends one."""
    return {"adres": "0612345678", "soortDigitaalAdres": "telefoonnummer", **fields}


def uuids(things: list[dict[str, Any]]) -> list[str]:
    """Return what things are called."""
    return [each["uuid"] for each in things]
