"""How tests run: in test mode, with a database of this checkout's own, without a word to the outside world."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["AANSPREEKPUNT_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

import pytest
from django.conf import settings
from django.db import connections

from aanspreekpunt.config.catalogues import compile_catalogues
from aanspreekpunt.config.database import embedded_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client


class OutsideWorldIsClosed(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def _no_outside_world() -> Iterator[None]:
    """Refuse every connection beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(str(address[0])):
            raise OutsideWorldIsClosed(f"A test tried to reach {address[0]}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True, scope="session")
def _place_for_static_files() -> None:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def place() -> Iterator[Path]:
    """Give an empty directory that a database of its own can be kept in.

    When tests run as root the database runs as somebody else, and pytest closes its own directories to others.
    """
    with tempfile.TemporaryDirectory(prefix="aanspreekpunt-") as directory:
        yield Path(directory)


@pytest.fixture
def english_client(client: Client) -> Client:
    """Give a browser whose user chose English."""
    client.cookies["language"] = "en"
    return client


def pytest_configure() -> None:
    """Let tests see the translations as they are now."""
    compile_catalogues()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the embedded test database, unless another run in this checkout still uses it."""
    server = embedded_server()
    if server is None or hasattr(session.config, "workerinput"):
        return
    connections.close_all()
    if server.is_running() and not server.others_connected():
        server.stop()
