"""A reference catches a slip of the tongue or the pen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.common.references import (
    HIGHEST_SEQUENCE,
    NotAReference,
    format_reference,
    is_reference,
    make_reference,
    parse_reference,
)

references = st.builds(
    make_reference, year=st.integers(2020, 2119), sequence=st.integers(min_value=0, max_value=HIGHEST_SEQUENCE)
)


def test_a_reference_is_the_year_the_sequence_and_a_check_digit() -> None:
    assert make_reference(year=2026, sequence=1234) == "26000012347"


def test_a_reference_is_shown_in_three_groups() -> None:
    assert format_reference("26000012347") == "260 0001 2347"


@pytest.mark.parametrize(
    "typed",
    [
        "26000012347",
        "260 0001 2347",
        "260-0001-2347",
        " 26.0000.12347\n",
        "260\u00a00001\u20132347",
        "2 6 0 0 0 0 1 2 3 4 7",
    ],
)
def test_a_reference_is_read_with_any_spaces_and_dashes(typed: str) -> None:
    assert parse_reference(typed) == "26000012347"
    assert is_reference(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "2600001234", "260000123477", "26000012348", "2600001234x", "٢٦٠٠٠٠١٢٣٤٧", "NaN", "-26000012347x"],
)
def test_anything_else_is_not_a_reference(typed: str) -> None:
    with pytest.raises(NotAReference):
        parse_reference(typed)
    assert not is_reference(typed)


@pytest.mark.parametrize("sequence", [-1, HIGHEST_SEQUENCE + 1])
def test_a_sequence_beyond_eight_digits_is_refused(sequence: int) -> None:
    with pytest.raises(ValueError, match="room for references"):
        make_reference(year=2026, sequence=sequence)


@settings(deadline=None)
@given(references)
def test_what_is_shown_can_be_read_back(reference: str) -> None:
    assert parse_reference(format_reference(reference)) == reference


@settings(deadline=None)
@given(references)
def test_every_single_wrong_digit_is_caught(reference: str) -> None:
    wrong = [
        reference[:place] + digit + reference[place + 1 :]
        for place in range(11)
        for digit in "0123456789"
        if digit != reference[place]
    ]
    assert not any(map(is_reference, wrong))


def test_nearly_every_swap_of_neighbours_is_caught() -> None:
    swapped = missed = 0
    for sequence in range(1, HIGHEST_SEQUENCE, 98_765):
        reference = make_reference(year=2026, sequence=sequence)
        for place in range(10):
            one, other = reference[place], reference[place + 1]
            if one != other:
                swapped += 1
                missed += is_reference(reference[:place] + other + one + reference[place + 2 :])
    assert swapped > 5000
    assert missed / swapped < 0.025
