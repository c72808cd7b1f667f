"""The keys with which other systems come in: made here, shown once, and kept as a hash only."""

from __future__ import annotations

import hashlib
import secrets
import string
from typing import Final

PREFIX: Final = "apt_"
RANDOM_CHARACTERS: Final = 44
"""Of 62 kinds: 262 bits, which nobody guesses."""
HINT_CHARACTERS: Final = 8
_ALPHABET: Final = string.ascii_letters + string.digits


def new_key() -> str:
    """Make a key. Its beginning tells people and programs that look for lost secrets what it is."""
    return PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(RANDOM_CHARACTERS))


def hash_of(key: str) -> str:
    """Return what is kept of a key.

    A plain SHA-256, not one of the slow hashes that passwords need: those are slow so that guessing what people think
    up takes long. Nobody thinks up a key; it is random and longer than anyone can try. And it is asked for with every
    request, so a slow hash would only make us slow, and easy to keep busy with wrong keys.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def hint_of(key: str) -> str:
    """Return the beginning of a key, by which its owner recognises it in a list."""
    return key[:HINT_CHARACTERS]
