"""Keeping a bsn so that only this installation can read it: encrypted, and found by a keyed hash."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet
from django.conf import settings


def seal(number: str) -> bytes:
    """Encrypt a number; the same number gives something else each time."""
    return _fernet().encrypt(number.encode())


def unseal(sealed: bytes) -> str:
    """Return the number that was sealed; raises `cryptography.fernet.InvalidToken` under another key."""
    return _fernet().decrypt(bytes(sealed)).decode()


def fingerprint_of(kind: str, number: str) -> bytes:
    """Return the keyed hash by which a number of this kind is found: the same number always gives the same."""
    return hmac.new(_derived("fingerprint"), f"{kind}:{number}".encode(), hashlib.sha256).digest()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived("seal")))


def _derived(purpose: str) -> bytes:
    """Return a key of its own for each purpose, so that the one tells nothing about the other."""
    return hmac.new(settings.FIELD_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
