"""An installation of its own to measure: embedded PostgreSQL as in production, granian with two workers."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS, THREADS = 2, 4
CSRF = "b" * 32
"""Any value of this length will do, as long as cookie and form agree."""
_SECONDS_TO_START = 60


def begin(directory: Path) -> None:
    """Make this process part of the installation in `directory`; to be called before anything of ours is imported."""
    os.environ |= {
        "AANSPREEKPUNT_MODE": "demo",
        "AANSPREEKPUNT_DATA_DIR": str(directory),
        "AANSPREEKPUNT_LOG_FORMAT": "json",
        "AANSPREEKPUNT_WEB_WORKERS": str(WORKERS),
        "AANSPREEKPUNT_WEB_THREADS": str(THREADS),
        "DJANGO_SETTINGS_MODULE": "aanspreekpunt.config.settings",
    }
    directory.mkdir(mode=0o755, parents=True, exist_ok=True)
    import django  # noqa: PLC0415 - the settings are read from the environment above

    django.setup()


def grow_to(contacts: int) -> float:
    """Load contacts until there are so many; return contacts a second, or 0 when there were enough."""
    from aanspreekpunt.operating.filling import fill_empty_demo, load_demo  # noqa: PLC0415 - see `begin`
    from aanspreekpunt.operating.report import print_progress  # noqa: PLC0415
    from aanspreekpunt.operating.schema import bring_up_to_date  # noqa: PLC0415
    from aanspreekpunt.questions.models import Contact  # noqa: PLC0415

    bring_up_to_date()
    fill_empty_demo(progress=print_progress)
    missing = contacts - Contact.objects.count()
    return load_demo(contacts=missing, progress=print_progress).per_second if missing > 0 else 0.0


def stop_database() -> None:
    """Stop the database server; what was loaded stays for a next time."""
    from django.conf import settings  # noqa: PLC0415 - see `begin`
    from django.db import connections  # noqa: PLC0415

    from aanspreekpunt.config.embedded import EmbeddedPostgres  # noqa: PLC0415

    connections.close_all()
    EmbeddedPostgres(directory=settings.EMBEDDED_DIR).stop()


@dataclass(frozen=True, slots=True)
class Site:
    """A running web server, and the process it began with."""

    port: int
    pid: int

    def log_in(self, email: str, password: str) -> str:
        """Log in and return the cookies of the session."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = urlencode({"username": email, "password": password, "csrfmiddlewaretoken": CSRF})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={CSRF}"}
        connection.request("POST", "/desk/inloggen", body, headers)
        response = connection.getresponse()
        response.read()
        cookies = [value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
        session = next((cookie for cookie in cookies if cookie.startswith("sessionid=")), None)
        token = next((cookie for cookie in cookies if cookie.startswith("csrftoken=")), f"csrftoken={CSRF}")
        if session is None:
            raise RuntimeError(f"{email} cannot log in: {response.status}")
        return f"{session}; {token}"


@contextmanager
def serving() -> Iterator[Site]:
    """Run the web server on a free port."""
    port = _free_port()
    environment = os.environ | {"AANSPREEKPUNT_PORT": str(port), "AANSPREEKPUNT_BASE_URL": f"http://127.0.0.1:{port}"}
    command = (sys.executable, "-m", "aanspreekpunt", "web", "--parent", str(os.getpid()))
    with Path(os.environ["AANSPREEKPUNT_DATA_DIR"], "bench-web.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own command
    try:
        _wait_until_it_answers(port)
        yield Site(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(port: int) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:  # noqa: PLR2004 - the HTTP status for "good"
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web server does not answer; see bench-web.log")
