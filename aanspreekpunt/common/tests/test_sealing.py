"""Secrets only this installation can read."""

from __future__ import annotations

import pytest
from cryptography.fernet import InvalidToken

from aanspreekpunt.common.sealing import keyed_hash, seal, unseal


def test_what_is_sealed_is_read_again_for_its_own_purpose_only() -> None:
    sealed = seal("111222333", purpose="bsn")
    assert b"111222333" not in sealed
    assert unseal(sealed, purpose="bsn") == "111222333"
    with pytest.raises(InvalidToken):
        unseal(sealed, purpose="other")


def test_sealing_twice_shows_no_likeness_and_hashing_twice_does() -> None:
    assert seal("1", purpose="bsn") != seal("1", purpose="bsn")
    assert keyed_hash("1", purpose="bsn") == keyed_hash("1", purpose="bsn")
    assert keyed_hash("1", purpose="bsn") != keyed_hash("1", purpose="rsin")
