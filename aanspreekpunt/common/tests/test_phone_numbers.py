"""A caller is found again, however the number was typed."""

from __future__ import annotations

import phonenumbers
import pytest

from aanspreekpunt.common.phone_numbers import (
    NotAPhoneNumber,
    format_phone_number,
    is_phone_number,
    normalise_phone_number,
)

READ = [
    # typed, kept, shown
    ("06 12345678", "+31612345678", "06 12345678"),
    ("06-12 34 56 78", "+31612345678", "06 12345678"),
    ("0031612345678", "+31612345678", "06 12345678"),
    ("+31 (0)6 12345678", "+31612345678", "06 12345678"),
    (" 06\u201112345678 ", "+31612345678", "06 12345678"),
    ("(020) 555 12 34", "+31205551234", "020 555 1234"),
    ("0318.555.123", "+31318555123", "0318 555 123"),
    ("088 123 4567", "+31881234567", "088 123 4567"),
    ("085/1234567", "+31851234567", "085 123 4567"),
    ("+32 2 555 12 12", "+3225551212", "+32 2 555 12 12"),
    ("0049 30 1234567", "+49301234567", "+49 30 1234567"),
    ("+1 202 555 0143", "+12025550143", "+1 202-555-0143"),
    ("14 020", "14020", "14 020"),
    ("14020", "14020", "14 020"),
    ("+31 14 020", "14020", "14 020"),
    ("14 0318", "140318", "14 0318"),
    ("0800 1202", "08001202", "0800 1202"),
    ("0900-8844", "09008844", "0900 8844"),
    ("+31 900 8844", "09008844", "0900 8844"),
    ("0909 1234", "09091234", "0909 1234"),
    ("112", "112", "112"),
    ("144", "144", "144"),
    ("116 111", "116111", "116111"),
]

REFUSED = [
    "",
    " ",
    "-",
    "+",
    "12",
    "123456789",
    "06-1234",
    "06 1234567890",
    "+31 112",
    "0112",
    "0900 123",
    "niet bekend",
]
REFUSED += [
    "bel 0612345678",
    "0800-BELASTING",
    "0612345678 toestel 12",
    "+32 12",
    "+999 123456789",
    "+" * 400,
    "1" * 300,
]


@pytest.mark.parametrize(("typed", "kept", "shown"), READ)
def test_a_number_is_kept_in_one_form(typed: str, kept: str, shown: str) -> None:
    assert normalise_phone_number(typed) == kept
    assert format_phone_number(kept) == shown
    assert is_phone_number(typed)


@pytest.mark.parametrize(("typed", "kept", "shown"), READ)
def test_what_is_kept_and_what_is_shown_read_as_the_same_number(typed: str, kept: str, shown: str) -> None:
    assert normalise_phone_number(kept) == kept, typed
    assert normalise_phone_number(shown) == kept, typed


@pytest.mark.parametrize("typed", REFUSED)
def test_anything_else_is_not_a_phone_number(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        normalise_phone_number(typed)
    assert not is_phone_number(typed)


def test_a_number_kept_by_others_in_an_unknown_form_is_shown_as_it_is() -> None:
    assert format_phone_number("anoniem") == "anoniem"


@pytest.mark.parametrize("first", range(10))
@pytest.mark.parametrize("rest", ["0000000", "1234567", "9999999"])
def test_the_short_way_for_mobile_phones_says_what_the_library_says(first: int, rest: str) -> None:
    typed = f"06{first}{rest}"
    number = phonenumbers.parse(typed, "NL")
    assert is_phone_number(typed) == phonenumbers.is_valid_number(number)
    if is_phone_number(typed):
        kept = normalise_phone_number(typed)
        assert kept == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert format_phone_number(kept) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
