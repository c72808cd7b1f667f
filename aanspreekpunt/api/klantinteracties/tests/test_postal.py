"""Postal addresses: what comes in comes out, letter by letter."""

from __future__ import annotations

from typing import Any

import pytest

from aanspreekpunt.api.klantinteracties.contract.errors import Invalid
from aanspreekpunt.api.klantinteracties.resources.postal import COLUMNS, postal, postal_shown, postal_told

WHOLE = {
    "nummeraanduidingId": "1234567890000001",
    "straatnaam": "Kerkstraat",
    "huisnummer": 10,
    "huisnummertoevoeging": "A2",
    "postcode": "1008 DG",
    "stad": "Amsterdam",
    "adresregel1": "",
    "adresregel2": "Building 7",
    "adresregel3": "",
    "land": "NL",
}
EMPTY = dict.fromkeys(WHOLE, "") | {"huisnummer": None}


@pytest.mark.parametrize("address", [WHOLE, EMPTY, {**EMPTY, "stad": "Parijs", "land": "FR"}])
def test_an_address_comes_out_as_it_came_in(address: dict[str, Any]) -> None:
    told = postal_told(postal("Adres", about="").check(address))
    assert set(told) == set(COLUMNS)
    assert postal_shown(told) == address


def test_a_postcode_is_kept_as_the_desk_keeps_it() -> None:
    assert postal_told(WHOLE)["postcode"] == "1008DG"


def test_no_address_is_an_empty_one() -> None:
    assert postal_shown(postal_told(None)) == postal_shown({}) == EMPTY


@pytest.mark.parametrize(
    ("part", "value", "codes"),
    [
        ("nummeraanduidingId", "123", "invalid"),
        ("huisnummer", 0, "min_value"),
        ("huisnummer", 100000, "max_value"),
        ("postcode", "1008DG", "invalid"),
        ("land", "N", "min_length invalid"),
        ("land", "Nederland", "max_length invalid"),
        ("land", "XX", "invalid"),
        ("land", "nl", "invalid"),
        ("adresregel1", "x" * 81, "max_length"),
    ],
)
def test_a_part_that_cannot_be_is_named(part: str, value: object, codes: str) -> None:
    with pytest.raises(Invalid) as refused:
        postal("Adres", about="").check({part: value})
    assert [(each.name, each.code) for each in refused.value.faults] == [(part, code) for code in codes.split()]
