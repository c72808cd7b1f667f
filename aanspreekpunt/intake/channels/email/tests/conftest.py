"""What the tests of mail coming in need: a real server to fetch from, and a clock that stands still."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.intake.channels.email.tests.dovecot import PROGRAM, Box, Dovecot

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """Run a Dovecot for all tests of this process."""
    if not Path(PROGRAM).exists():
        pytest.skip("There is no Dovecot: on Debian, apt-get install dovecot-imapd.")
    with tempfile.TemporaryDirectory(prefix="aanspreekpunt-") as directory:
        server = Dovecot(Path(directory))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def box(dovecot: Dovecot, tmp_path: Path) -> Box:
    """Give an empty mailbox that no other test uses."""
    return Box(dovecot, f"post{next(_numbers)}", tmp_path)
