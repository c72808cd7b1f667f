"""One command runs everything; what dies is started again, and nothing that is left behind blocks a new start."""

from __future__ import annotations

import os
import re
import signal
import smtplib
import socket
import time
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aanspreekpunt.operating.tests.installation import Installation

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 120


def wait_until(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.1)


class Running:
    """A running `serve`."""

    def __init__(self, installation: Installation, output: Path) -> None:
        self.installation = installation
        self.output = output
        self.process = installation.start("serve", output=output)

    def is_ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", int(self.installation.variables["AANSPREEKPUNT_PORT"]), timeout=5)
        with closing(connection), suppress(OSError):
            connection.request("GET", "/health/ready", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        return False

    def has_welcomed(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return "Stop it with Ctrl-C" in self.output.read_text()

    def children(self, name: str) -> list[psutil.Process]:
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in found if name in command_of(child)]

    def worker_is_alive(self) -> bool:
        return "ok            worker" in self.installation.run("check").stdout


def command_of(process: psutil.Process) -> list[str]:
    """Say with which arguments it runs; none when it ended meanwhile."""
    with suppress(psutil.Error):
        return process.cmdline()
    return []


@contextmanager
def running(installation: Installation, output: Path) -> Iterator[Running]:
    """Run `serve` until the end of the block, and clear away whatever is left of it."""
    serve = Running(installation, output)
    try:
        wait_until(serve.has_welcomed, "the welcome")
        yield serve
    finally:
        everything = [serve.process.pid, *(child.pid for child in leftovers(installation))]
        for pid in everything:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        serve.process.wait()


def listens(port: int) -> bool:
    """Say whether anybody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def leftovers(installation: Installation) -> list[psutil.Process]:
    """Find every process of this installation, except its database."""
    mark = str(installation.directory)
    found = []
    for process in psutil.process_iter(["cmdline"]):
        with suppress(psutil.Error):
            is_ours = "aanspreekpunt" in (process.info["cmdline"] or [])
            if is_ours and process.environ().get("AANSPREEKPUNT_DATA_DIR") == mark:
                found.append(process)
    return found


def test_it_starts_says_where_to_go_and_stops_cleanly(installation: Installation, tmp_path: Path) -> None:
    with running(installation, tmp_path / "first") as serve:
        assert serve.is_ready()
        assert f"http://localhost:{installation.variables['AANSPREEKPUNT_PORT']}/desk/" in serve.output.read_text()
        wait_until(serve.worker_is_alive, "the worker")
        with smtplib.SMTP("127.0.0.1", int(installation.variables["AANSPREEKPUNT_MAIL_CATCHER_PORT"])) as mail:
            mail.sendmail("a@voorbeeld.nl", "b@voorbeeld.nl", "Subject: Hallo\r\n\r\nDag\r\n")
        caught = [mail.read_bytes() for mail in (installation.directory / "caught-mail").glob("*.eml")]
        assert sum(b"Subject: Hallo" in mail for mail in caught) == 1
        port = int(installation.variables["AANSPREEKPUNT_DEMO_MAIL_PORT"])
        assert f"SMTP to 127.0.0.1:{port}" in serve.output.read_text()
        wait_until(lambda: listens(port), "the listener")
        with smtplib.SMTP("127.0.0.1", port) as mail:
            mail.sendmail("a@voorbeeld.nl", "info@voorbeeldstad.example", "Subject: Vraag\r\n\r\nDag\r\n")
        serve.process.send_signal(signal.SIGINT)
        assert serve.process.wait(timeout=30) == 0
        assert leftovers(installation) == []
        assert not installation.postgres.is_running()
    began = time.monotonic()
    with running(installation, tmp_path / "second") as serve:
        assert time.monotonic() - began < 20  # 4 seconds on a quiet machine; tests share theirs
        serve.process.terminate()
        assert serve.process.wait(timeout=30) == 0


def test_each_part_that_is_killed_comes_back(with_demo: Installation, tmp_path: Path) -> None:
    with running(with_demo, tmp_path / "output") as serve:
        for part in ("web", "worker", "mailboxes"):
            before = serve.children(part)
            before[0].kill()
            wait_until(lambda: bool(serve.children(part)) and before[0] not in serve.children(part), part)  # noqa: B023 - called at once
            wait_until(serve.is_ready, "ready")
        wait_until(lambda: len(serve.children("web")) > 1, "the process that answers")
        one_that_answers = next(child for child in serve.children("web") if child.ppid() != serve.process.pid)
        one_that_answers.kill()
        wait_until(lambda: one_that_answers not in serve.children("web") and serve.is_ready(), "answering again")
        os.kill(int((with_demo.directory / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(1)
        wait_until(serve.is_ready, "the database")
        wait_until(serve.worker_is_alive, "the worker")


def test_when_it_is_killed_itself_a_new_start_simply_begins(with_demo: Installation, tmp_path: Path) -> None:
    with running(with_demo, tmp_path / "first") as first:
        first.process.kill()
        first.process.wait()
        with running(with_demo, tmp_path / "second") as second:
            wait_until(second.is_ready, "ready")
            wait_until(lambda: len(leftovers(with_demo)) == 5, "the end of what was left")


def test_a_second_one_is_refused(with_demo: Installation, tmp_path: Path) -> None:
    with running(with_demo, tmp_path / "output"):
        second = with_demo.run("serve")
        assert second.returncode == 1
        assert re.search(r"already running", second.stderr)


def test_a_taken_port_is_named(with_demo: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        with_demo.variables["AANSPREEKPUNT_PORT"] = str(other.getsockname()[1])
        result = with_demo.run("serve")
    assert result.returncode == 1
    assert "AANSPREEKPUNT_PORT" in result.stderr
    assert not with_demo.postgres.is_running()
