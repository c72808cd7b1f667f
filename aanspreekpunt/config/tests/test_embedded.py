"""The embedded database starts on demand, once, and again after it was killed; nothing committed is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest

from aanspreekpunt.config import embedded
from aanspreekpunt.config.embedded import PORT, ROLE, EmbeddedDatabaseFailed, EmbeddedPostgres, stop_unused_database
from aanspreekpunt.config.secrets_kept import kept_secret, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server(place: Path) -> Iterator[EmbeddedPostgres]:
    """Give a server that does not exist yet, with a path too long for a socket."""
    server = EmbeddedPostgres(directory=place / ("long" * 20) / "postgres", is_for_tests=True)
    yield server
    server.stop()


def connect(server: EmbeddedPostgres) -> psycopg.Connection:
    return psycopg.connect(
        host=str(server.socket_directory), port=PORT, user=ROLE, dbname=ROLE, autocommit=True, connect_timeout=5
    )


def process_id(server: EmbeddedPostgres) -> int:
    return int((server.directory / "postmaster.pid").read_text().split()[0])


@pytest.mark.slow
def test_what_was_committed_survives_a_kill(server: EmbeddedPostgres) -> None:
    server = EmbeddedPostgres(directory=server.directory)  # with the settings people rely on, not the hasty ones
    server.start()
    with connect(server) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
    os.kill(process_id(server), signal.SIGKILL)
    time.sleep(0.1)
    assert not server.is_running()
    server.start()
    with connect(server) as connection:
        assert connection.execute("select n from kept").fetchall() == [(1,)]


@pytest.mark.slow
def test_many_may_start_it_at_once(server: EmbeddedPostgres) -> None:
    program = (
        "import sys, pathlib; from aanspreekpunt.config.embedded import EmbeddedPostgres;"
        "EmbeddedPostgres(pathlib.Path(sys.argv[1]), is_for_tests=True).start()"
    )
    command = (sys.executable, "-c", program, str(server.directory))
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _n: subprocess.run(command, check=False).returncode, range(4)))
    assert results == [0] * 4
    assert server.is_running()


@pytest.mark.slow
def test_our_role_is_no_superuser(server: EmbeddedPostgres) -> None:
    server.start()
    with connect(server) as connection:
        assert connection.execute("select usesuper from pg_user where usename = current_user").fetchone() == (False,)
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert server.socket_directory.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_an_unused_server_is_stopped_and_a_used_one_is_not(server: EmbeddedPostgres) -> None:
    before = set(embedded._started_here)
    embedded._started_here.clear()
    server.start()
    with connect(server):
        stop_unused_database()
        assert server.is_running()
    server.stop()
    server.start()
    stop_unused_database()
    assert not server.is_running()
    embedded._started_here.update(before)


def test_what_goes_wrong_is_said(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "find_spec", lambda _name: None)
    with pytest.raises(EmbeddedDatabaseFailed, match="set DATABASE_URL"):
        server.start()


def test_a_secret_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "secrets", "key")
    assert len(first) >= 50
    assert kept_secret(tmp_path / "secrets", "key") == first
    assert (tmp_path / "secrets" / "key").stat().st_mode & 0o777 == 0o600
    assert mark_of(first) not in first
    assert mark_of(first) == mark_of(first) != mark_of("another")
