"""The product's own web server as a process of its own, working on the database of the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"
SECONDS_TO_COME_UP = 120
SECONDS_TO_STOP = 60


def free_port() -> int:
    """Return a port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def database_url() -> str:
    """Name the test database as an installation would."""
    parts = connection.settings_dict
    where = urlencode({"host": parts["HOST"], "port": parts["PORT"]})
    password = f":{quote(parts['PASSWORD'])}" if parts["PASSWORD"] else ""
    return f"postgresql://{quote(parts['USER'])}{password}@/{parts['NAME']}?{where}"


class Server:
    """`aanspreekpunt web` on a port of its own. It can be stopped and started again, as on a bad day."""

    def __init__(self, *, log: Path) -> None:
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "aanspreekpunt", "web", "--parent", str(os.getpid())),
                cwd=settings.BASE_DIR,
                env={**os.environ, **self._settings()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + SECONDS_TO_COME_UP
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError(f"The web server does not come up; see {self.log}.")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it as an update would: requests under way are finished first."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=SECONDS_TO_STOP)
            self.process = None

    @contextmanager
    def away(self) -> Iterator[None]:
        """Be down for a while."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def _settings(self) -> dict[str, str]:
        return {
            "AANSPREEKPUNT_MODE": "test",
            "DATABASE_URL": database_url(),
            "AANSPREEKPUNT_BIND": HOST,
            "AANSPREEKPUNT_PORT": str(self.port),
            "AANSPREEKPUNT_BASE_URL": self.url,
            "AANSPREEKPUNT_INTERNAL_RECEIVERS": HOST,
            "AANSPREEKPUNT_WEB_WORKERS": "1",
            "AANSPREEKPUNT_WEB_THREADS": "6",
        }

    def _answers(self) -> bool:
        asking = HTTPConnection(HOST, self.port, timeout=5)
        try:
            asking.request("GET", "/health/live")
            return asking.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asking.close()
