"""What the tests of the command need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.operating.tests.installation import Installation, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def installation(place: Path) -> Iterator[Installation]:
    """Give an installation in which nothing was done yet."""
    directory = place / "var"
    directory.mkdir()
    variables = {
        "AANSPREEKPUNT_PORT": str(free_port()),
        "AANSPREEKPUNT_MAIL_CATCHER_PORT": str(free_port()),
        "AANSPREEKPUNT_WEB_WORKERS": "1",
    }
    installation = Installation(directory, variables)
    yield installation
    installation.postgres.stop()
