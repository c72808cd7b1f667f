"""Runs tests on the oldest PostgreSQL we promise to work with, when this machine has its programs."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS = Path("/usr/lib/postgresql/15/bin")  # where Debian and Ubuntu keep them
ROLE = "aanspreekpunt"


def main() -> int:
    """Start a PostgreSQL 15 for the length of one test run with the given arguments."""
    if not (PROGRAMS / "initdb").exists():
        print("PostgreSQL 15 is not installed here, so it is not tried. On Debian: apt-get install postgresql-15")
        return 0
    with tempfile.TemporaryDirectory(prefix="pg15-") as folder, server(Path(folder)) as url:
        environment = {**os.environ, "DATABASE_URL": url}
        command = (sys.executable, "-m", "pytest", "--create-db", *sys.argv[1:])
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own tests


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server that only this run knows of; yield its address."""
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, user="postgres")
    run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={folder}",
        "fsync=off",
        "autovacuum=off",
        "max_connections=50",
    )
    options = " ".join(f"-c {setting}" for setting in settings)
    run("pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
    try:
        run("psql", "-h", folder, "-U", "postgres", "-qc", f"create role {ROLE} login createdb")
        run("createdb", "-h", folder, "-U", "postgres", "-O", ROLE, ROLE)
        yield f"postgresql://{ROLE}@/{ROLE}?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def run(name: str, *arguments: str | Path) -> None:
    """Run one of its programs, as the user Debian made for it when we are root."""
    identity: dict[str, Any] = {}
    if os.geteuid() == 0:
        identity = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid, "extra_groups": []}
    command = (str(PROGRAMS / name), *arguments)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **identity)  # noqa: S603 - fixed programs


if __name__ == "__main__":
    sys.exit(main())
