"""A follow code is secret, easy to copy, and kept as a hash only."""

from __future__ import annotations

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.common.follow_codes import (
    NotAFollowCode,
    follow_code_matches,
    format_follow_code,
    hash_follow_code,
    make_follow_code,
    normalise_follow_code,
)

KEY = b"a secret of this installation"


def test_a_code_has_twelve_characters_that_cannot_be_mistaken() -> None:
    codes = [make_follow_code() for _ in range(2000)]
    assert {len(code) for code in codes} == {12}
    assert "".join(sorted(set("".join(codes)))) == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert len(set(codes)) == len(codes)


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert format_follow_code("ABCDEFGHJKMN") == "ABCD-EFGH-JKMN"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCD-EFGH-JKMN", "ABCDEFGHJKMN"),
        ("abcd efgh jkmn", "ABCDEFGHJKMN"),
        (" abcd\u2013efgh\u00a0jkmn ", "ABCDEFGHJKMN"),
        ("OoIi-Ll00-1111", "001111001111"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str, code: str) -> None:
    assert normalise_follow_code(typed) == code


@pytest.mark.parametrize(
    "typed", ["", "ABCD-EFGH-JKM", "ABCD-EFGH-JKMNP", "UBCD-EFGH-JKMN", "ABCD-EFGH-JKM!", "ÀBCDEFGHJKMN"]
)
def test_anything_else_is_not_a_code(typed: str) -> None:
    with pytest.raises(NotAFollowCode):
        normalise_follow_code(typed)


@settings(deadline=None)
@given(st.binary(min_size=1))
def test_a_code_matches_its_own_hash_only(key: bytes) -> None:
    code, other = make_follow_code(), make_follow_code()
    stored = hash_follow_code(code, key=key)
    assert follow_code_matches(format_follow_code(code).lower(), stored_hash=stored, key=key)
    assert not follow_code_matches(other, stored_hash=stored, key=key)
    assert not follow_code_matches("no code", stored_hash=stored, key=key)
    assert not follow_code_matches(code, stored_hash=stored, key=key + b"1")


def test_a_text_that_is_no_code_never_matches_even_the_hash_of_nothing() -> None:
    assert not follow_code_matches("no code", stored_hash=hash_follow_code("", key=KEY), key=KEY)


def test_the_hash_is_hmac_sha256_in_hexadecimal() -> None:
    stored = hash_follow_code("ABCDEFGHJKMN", key=KEY)
    assert stored == hmac.digest(KEY, b"ABCDEFGHJKMN", "sha256").hex()


def test_a_hash_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="secret key"):
        hash_follow_code("ABCDEFGHJKMN", key=b"")
