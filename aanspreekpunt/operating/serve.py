"""Runs everything on one machine: database, web server, jobs, mail coming in and, in a demo, the mail catcher."""

from __future__ import annotations

import fcntl
import signal
import socket
import threading
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.config.database import embedded_server
from aanspreekpunt.config.safety import refuse_unsafe_settings
from aanspreekpunt.intake.channels.email.mailboxes import configured_mailboxes
from aanspreekpunt.operating.children import Child
from aanspreekpunt.operating.filling import fill_empty_demo
from aanspreekpunt.operating.mailcatcher import start_mail_catcher
from aanspreekpunt.operating.report import print_progress
from aanspreekpunt.operating.schema import bring_up_to_date
from aanspreekpunt.operating.welcome import print_welcome

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger(__name__)

SECONDS_FOR_LEFTOVERS_TO_GO = 10.0
SECONDS_TO_COME_UP = 60.0
SECONDS_TO_STOP = 25.0
SECONDS_BETWEEN_ROUNDS = 0.5
ROUNDS_BETWEEN_LOOKS_AT_DATABASE = 4


class RunsAlready(Refusal):
    """Another `serve` uses the same data directory."""

    message = gettext_lazy("Aanspreekpunt is already running with data directory %(directory)s.")


class PortIsTaken(Refusal):
    """Another program listens where we want to."""

    message = gettext_lazy(
        "Port %(port)d is used by another program. Stop it, or choose another port with %(setting)s.",
    )


def serve() -> int:
    """Start everything, keep it running until told to stop, then stop everything in order."""
    refuse_unsafe_settings()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until all runs, give up at once
    with ExitStack() as stack:
        stack.enter_context(_alone())
        stack.enter_context(_embedded_database())
        _prepare()
        stack.enter_context(_mail_catcher())
        _wait_for_port(settings.BIND, settings.HTTP_PORT, setting="AANSPREEKPUNT_PORT")
        stop = _stop_when_asked()
        children = (Child("web"), Child("worker"), *_mailboxes())
        stack.callback(_stop_all, children)
        for child in children:
            child.start()
        if _wait_until_up(children, stop):
            print_welcome()
        _keep_running(children, stop)
    return 0


def _mailboxes() -> tuple[Child, ...]:
    """Have mail taken in, if anything says where it comes in; a file that says so wrongly is refused here."""
    file = configured_mailboxes()
    if file is None:
        return ()
    if file.listen is not None:
        setting = "AANSPREEKPUNT_MAILBOXES_FILE" if settings.MAILBOXES_FILE else "AANSPREEKPUNT_DEMO_MAIL_PORT"
        _wait_for_port(file.listen.host, file.listen.port, setting=setting)
    return (Child("mailboxes"),)


def _stop_when_asked() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_arguments: stop.set())
    return stop


@contextmanager
def _alone() -> Iterator[None]:
    """Hold a lock that the kernel takes back when this process ends, in whichever way."""
    settings.DATA_DIR.mkdir(mode=0o755, parents=True, exist_ok=True)
    with (settings.DATA_DIR / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunsAlready(directory=settings.DATA_DIR) from None
        yield


@contextmanager
def _embedded_database() -> Iterator[None]:
    server = embedded_server()
    if server is None:
        yield
        return
    server.start()
    try:
        yield
    finally:
        connections.close_all()
        server.stop()


def _prepare() -> None:
    bring_up_to_date()
    if settings.IS_DEMO:
        fill_empty_demo(progress=print_progress)
    connections.close_all()


@contextmanager
def _mail_catcher() -> Iterator[None]:
    if not settings.IS_DEMO:
        yield
        return
    _wait_for_port("127.0.0.1", settings.CATCHER_PORT, setting="AANSPREEKPUNT_MAIL_CATCHER_PORT")
    catcher = start_mail_catcher(directory=settings.CAUGHT_MAIL_DIR, port=settings.CATCHER_PORT)
    try:
        yield
    finally:
        catcher.stop()


def _wait_for_port(host: str, port: int, *, setting: str) -> None:
    """Wait for what an earlier run left behind to let go of the port; refuse when someone else holds it."""
    deadline = time.monotonic() + SECONDS_FOR_LEFTOVERS_TO_GO
    while not _is_free(host, port):
        if time.monotonic() > deadline:
            raise PortIsTaken(port=port, setting=setting)
        time.sleep(0.2)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _wait_until_up(children: tuple[Child, ...], stop: threading.Event) -> bool:
    deadline = time.monotonic() + SECONDS_TO_COME_UP
    while time.monotonic() < deadline and not stop.wait(0.1):
        if _answers():
            return True
        for child in children:
            child.keep_alive()
    return False


def _answers() -> bool:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask, not where to listen
    connection = HTTPConnection(everywhere.get(settings.BIND, settings.BIND), settings.HTTP_PORT, timeout=5)
    with closing(connection), suppress(OSError, HTTPException):
        connection.request("GET", "/health/live", headers={"Host": "localhost"})
        return connection.getresponse().status == 200  # noqa: PLR2004 - the HTTP status for "good"
    return False


def _keep_running(children: tuple[Child, ...], stop: threading.Event) -> None:
    rounds = 0
    while not stop.wait(SECONDS_BETWEEN_ROUNDS):
        rounds += 1
        if rounds % ROUNDS_BETWEEN_LOOKS_AT_DATABASE == 0:
            _keep_database_alive()
        for child in children:
            child.keep_alive()


def _keep_database_alive() -> None:
    server = embedded_server()
    if server is not None and not server.is_running():
        log.warning("the embedded database died, starting it again")
        server.start()


def _stop_all(children: tuple[Child, ...]) -> None:
    print(_("Stopping …"), flush=True)
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        child.wait_until_stopped(deadline=deadline)
