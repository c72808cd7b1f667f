"""What the tests of the command need. Making the tables takes seconds, so that is done once and copied."""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.operating.tests.installation import Installation, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def installation(place: Path) -> Iterator[Installation]:
    """Give an installation in which nothing was done yet."""
    directory = place / "var"
    directory.mkdir()
    with _installed(directory) as installation:
        yield installation


@pytest.fixture
def with_tables(place: Path, kept: Path) -> Iterator[Installation]:
    """Give an installation in which `migrate` was done."""
    with _installed(_copied(_prepared(kept, "migrate"), place / "var")) as installation:
        yield installation


@pytest.fixture
def with_demo(place: Path, kept: Path) -> Iterator[Installation]:
    """Give an installation with a demo municipality in it."""
    with _installed(_copied(_prepared(kept, "demo"), place / "var")) as installation:
        yield installation


@pytest.fixture
def with_another_demo(place: Path, kept: Path) -> Iterator[Installation]:
    """Give a second installation with a demo municipality in it, beside `with_demo`."""
    with _installed(_copied(_prepared(kept, "demo"), place / "another" / "var")) as installation:
        yield installation


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _prepared(kept: Path, command: str) -> Path:
    """Return the data directory that one command makes, stopped; the first test that wants it makes it.

    All but the first command go on with the tables that `migrate` made.
    """
    ready = kept / f"after-{command}"
    with (kept / f"{command}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            with tempfile.TemporaryDirectory(prefix="aanspreekpunt-") as place:  # see `place` in config.testing
                directory = Path(place, "var")
                if command == "migrate":
                    directory.mkdir()
                else:
                    _copied(_prepared(kept, "migrate"), directory)
                with _installed(directory) as installation:
                    done = installation.run(command)
                    assert done.returncode == 0, done.stderr
                _copied(directory, kept / f"{command}.copying").rename(ready)
    return ready


def _copied(source: Path, target: Path) -> Path:
    """Copy a data directory with the owners of its files: as root the database is somebody else's."""
    target.parent.mkdir(exist_ok=True)
    target.parent.chmod(0o711)  # that somebody else may pass through it
    subprocess.run(["cp", "--archive", str(source), str(target)], check=True)
    return target


@contextmanager
def _installed(directory: Path) -> Iterator[Installation]:
    variables = {
        "AANSPREEKPUNT_PORT": str(free_port()),
        "AANSPREEKPUNT_MAIL_CATCHER_PORT": str(free_port()),
        "AANSPREEKPUNT_DEMO_MAIL_PORT": str(free_port()),
        "AANSPREEKPUNT_WEB_WORKERS": "1",
    }
    installation = Installation(directory, variables)
    try:
        yield installation
    finally:
        installation.postgres.stop()
