"""Typed readers for environment variables; each declares what it means, so the documentation can be held to it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PREFIX = "AANSPREEKPUNT_"
TRUE_WORDS = frozenset({"1", "true", "yes", "on", "ja"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", "nee"})


@dataclass(frozen=True)
class Setting:
    """One environment variable: its full name, what it holds, what it is when left out, and why it exists."""

    name: str
    kind: str
    default: str
    meaning: str


declared: dict[str, Setting] = {}


def text(name: str, *, default: str = "", meaning: str) -> str:
    """Read one line of text."""
    return _read(name, kind="text", default=default, meaning=meaning)


def words(name: str, *, default: Sequence[str] = (), meaning: str) -> list[str]:
    """Read a list, separated by commas."""
    raw = _read(name, kind="list", default=",".join(default), meaning=meaning)
    return [word.strip() for word in raw.split(",") if word.strip()]


def flag(name: str, *, default: bool, meaning: str) -> bool:
    """Read yes or no."""
    raw = _read(name, kind="yes or no", default="yes" if default else "no", meaning=meaning).lower()
    if raw not in TRUE_WORDS | FALSE_WORDS:
        raise _wrong(name, f"must be yes or no, not {raw!r}")
    return raw in TRUE_WORDS


def number(name: str, *, default: int, least: int = 0, most: int | None = None, meaning: str) -> int:
    """Read a whole number between `least` and `most`."""
    raw = _read(name, kind="number", default=str(default), meaning=meaning)
    try:
        value = int(raw)
    except ValueError:
        raise _wrong(name, f"must be a whole number, not {raw!r}") from None
    if value < least or (most is not None and value > most):
        limit = f"at least {least}" if most is None else f"from {least} to {most}"
        raise _wrong(name, f"must be {limit}, not {value}")
    return value


def choice(name: str, *, options: Sequence[str], default: str, meaning: str) -> str:
    """Read one of a few words."""
    raw = _read(name, kind=" or ".join(options), default=default, meaning=meaning)
    if raw not in options:
        raise _wrong(name, f"must be one of {', '.join(options)}, not {raw!r}")
    return raw


def path(name: str, *, default: str, meaning: str) -> Path:
    """Read a place on disk; a relative one counts from the working directory."""
    return Path(_read(name, kind="path", default=default, meaning=meaning)).expanduser().absolute()


def url(name: str, *, default: str = "", schemes: Sequence[str], meaning: str) -> str:
    """Read an address of one of `schemes`, without a slash at its end."""
    raw = _read(name, kind="address", default=default, meaning=meaning).rstrip("/")
    if raw and urlsplit(raw).scheme not in schemes:
        raise _wrong(name, f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return raw


def secret(name: str, *, otherwise: Callable[[], str] = str, meaning: str) -> str:
    """Read a secret from the variable itself or from the file that `<name>_FILE` points to; else ask `otherwise`."""
    full = _declare(name, kind="secret", default="", meaning=meaning)
    file = os.environ.get(f"{full}_FILE", "")
    if not file:
        return os.environ.get(full, "") or otherwise()
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"{full}_FILE cannot be read: {problem.strerror}.") from problem


def _read(name: str, *, kind: str, default: str, meaning: str) -> str:
    return os.environ.get(_declare(name, kind=kind, default=default, meaning=meaning), "").strip() or default


def _declare(name: str, *, kind: str, default: str, meaning: str) -> str:
    full = _full_name(name)
    declared[full] = Setting(name=full, kind=kind, default=default, meaning=meaning)
    return full


def _full_name(name: str) -> str:
    return name if name == "DATABASE_URL" else f"{PREFIX}{name}"


def _wrong(name: str, problem: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{_full_name(name)} {problem}.")
