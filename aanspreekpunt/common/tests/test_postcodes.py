"""A postcode is kept in one form."""

from __future__ import annotations

import pytest

from aanspreekpunt.common.postcodes import NotAPostcode, format_postcode, is_postcode, normalise_postcode


@pytest.mark.parametrize("typed", ["1234AB", "1234 ab", " 1234\u00a0Ab ", "NL-1234AB", "1234-AB"])
def test_a_postcode_is_read_however_it_is_typed(typed: str) -> None:
    assert normalise_postcode(typed) == "1234AB"
    assert is_postcode(typed)


def test_a_postcode_is_shown_with_a_space() -> None:
    assert format_postcode("1234AB") == "1234 AB"


@pytest.mark.parametrize(
    "typed", ["", "1234", "1234A", "0234AB", "1234ABC", "1234SS", "12345AB", "AB1234", "2000 Antwerpen"]
)
def test_anything_else_is_not_a_postcode(typed: str) -> None:
    with pytest.raises(NotAPostcode):
        normalise_postcode(typed)
    assert not is_postcode(typed)
