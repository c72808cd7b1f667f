"""Secrets an installation makes for itself, so that nobody has to invent one to look around."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path


def kept_secret(directory: Path, name: str) -> str:
    """Return the secret `name`, made at its first use and kept in a file that only this user can read."""
    file = directory / name
    if not file.exists():
        _make(file)
    return file.read_text(encoding="ascii").strip()


def key_marks() -> dict[str, str]:
    """Return the marks of the keys without which part of the data is useless."""
    return {
        "AANSPREEKPUNT_FOLLOW_CODE_KEY": mark_of(settings.FOLLOW_CODE_KEY),
        "AANSPREEKPUNT_FIELD_KEY": mark_of(settings.FIELD_KEY),
    }


def mark_of(secret: str) -> str:
    """Return something by which a secret can be recognised, and that does not give it away."""
    return hmac.new(secret.encode(), b"mark", hashlib.sha256).hexdigest()[:16]


def _make(file: Path) -> None:
    """Write the file aside and give it its name in one step: two processes that start together agree on one secret."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(48))
    try:
        os.link(aside, file)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
