"""Turns DATABASE_URL, or its absence, into Django's description of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from aanspreekpunt.config.embedded import PORT, ROLE, EmbeddedPostgres

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = "aanspreekpunt.config.postgres"
LASTING: dict[str, Any] = {
    "ENGINE": ENGINE,
    "CONN_MAX_AGE": None,  # connecting costs more than most requests do
    "CONN_HEALTH_CHECKS": True,  # our connection looks at its socket, which costs no query
}

PREPARING: dict[str, Any] = {
    # The server plans a statement that comes again and again once, instead of each time: a third less work for it.
    "server_side_binding": True,
    "prepare_threshold": 5,
}


def from_url(url: str) -> dict[str, Any]:
    """Describe the database at `url`; what stands after the question mark goes to the driver as it is."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        **LASTING,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": {"application_name": "aanspreekpunt", **PREPARING, **options},
    }


def embedded(directory: Path, *, is_for_tests: bool) -> dict[str, Any]:
    """Describe the embedded database in `directory`; it is started by whoever connects first."""
    server = EmbeddedPostgres(directory=directory, is_for_tests=is_for_tests)
    return {
        **LASTING,
        "NAME": ROLE,
        "USER": ROLE,
        "HOST": str(server.socket_directory),
        "PORT": str(PORT),
        "OPTIONS": {
            "application_name": "aanspreekpunt",
            **PREPARING,
            "embedded": {"directory": directory, "is_for_tests": is_for_tests},
        },
    }


def embedded_server() -> EmbeddedPostgres | None:
    """Return the embedded server of this installation; None when it uses another."""
    if settings.DATABASE_URL:
        return None
    return EmbeddedPostgres(directory=settings.EMBEDDED_DIR, is_for_tests=settings.IS_TEST)
