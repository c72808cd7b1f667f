"""Names and addresses, read and folded."""

from __future__ import annotations

import pytest

from aanspreekpunt.parties.rules import (
    Name,
    Place,
    looks_like_email,
    mask_email,
    mask_identifier,
    mask_phone,
    read_place,
    search_words,
    sort_key,
    split_infix,
    split_name,
)


def test_an_infix_does_not_decide_where_a_name_stands() -> None:
    assert sort_key(first_name="Karel", infix="van", last_name="Deurne") == "deurne karel van"
    assert sort_key(first_name="Karel", last_name="van Deurne") == "deurne karel van"
    assert sort_key(initials="K.", last_name="Deurne") == "deurne k"


def test_an_organisation_stands_under_its_own_name_and_its_contact_is_found_too() -> None:
    assert sort_key(organisation_name="Bakkerij De Korenbloem") == "bakkerij de korenbloem"
    assert sort_key(organisation_name="Bloem", last_name="Visser") == "bloem visser"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("van der Berg", ("van der", "Berg")),
        ("in 't Veld", ("in 't", "Veld")),
        ("Berg", ("", "Berg")),
        ("Van", ("", "Van")),
        ("De Vries", ("De", "Vries")),
        ("", ("", "")),
    ],
)
def test_infixes_are_split_off(text: str, parts: tuple[str, str]) -> None:
    assert split_infix(text) == parts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karel van Deurne", Name(first_name="Karel", infix="van", last_name="Deurne")),
        ("K. van Deurne", Name(initials="K.", infix="van", last_name="Deurne")),
        ("K.J. Deurne", Name(initials="K.J.", last_name="Deurne")),
        ("Anna Maria Jansen", Name(first_name="Anna Maria", last_name="Jansen")),
        ("van Deurne", Name(infix="van", last_name="Deurne")),
        ("Jansen", Name(last_name="Jansen")),
        ("Fatima el Amrani", Name(first_name="Fatima", infix="el", last_name="Amrani")),
        ("", Name()),
    ],
)
def test_a_name_as_said_is_split(text: str, name: Name) -> None:
    assert split_name(text) == name


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1234 AB 12", Place("1234AB", 12)),
        ("1234ab12a", Place("1234AB", 12, "A")),
        ("1234 ab, 12-2", Place("1234AB", 12, "2")),
        ("1234AB", Place("1234AB")),
        ("0234AB", None),
        ("12 Kerkstraat", None),
    ],
)
def test_a_postcode_with_a_house_number_is_read(text: str, place: Place | None) -> None:
    assert read_place(text) == place


def test_infixes_are_not_searched_for_unless_there_is_nothing_else() -> None:
    assert search_words("Karel van der Deurne") == ["karel", "deurne"]
    assert search_words("van der") == ["van", "der"]


def test_masks_show_enough_to_recognise() -> None:
    assert mask_phone("+31612345678") == "••• 678"
    assert mask_phone("") == ""
    assert mask_email("karel@example.org") == "k•••@example.org"
    assert mask_email("") == ""
    assert mask_identifier("123456782") == "••••••782"


def test_an_address_is_recognised_while_it_is_typed() -> None:
    assert looks_like_email("karel@exa")
    assert not looks_like_email("karel")
