"""Keeping a secret so that only this installation can read it, and finding it again by a keyed hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet
from django.conf import settings


def seal(text: str, *, purpose: str) -> bytes:
    """Encrypt `text` for one purpose; the same text gives something else each time."""
    return _fernet(purpose).encrypt(text.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    """Return what was sealed; raises `cryptography.fernet.InvalidToken` under another key or purpose."""
    return _fernet(purpose).decrypt(sealed).decode()


def keyed_hash(text: str, *, purpose: str) -> bytes:
    """Return 32 bytes by which `text` is found: the same text always gives the same, and nobody without the key can."""
    return hmac.new(_derived(f"hash:{purpose}"), text.encode(), hashlib.sha256).digest()


def _fernet(purpose: str) -> Fernet:
    return _made_of(_derived(f"seal:{purpose}"))


def _derived(purpose: str) -> bytes:
    """Return a key of its own for each purpose, so that the one tells nothing about the other."""
    return _derived_from(settings.FIELD_KEY, purpose)


@cache
def _made_of(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))


@cache
def _derived_from(secret: str, purpose: str) -> bytes:
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
