"""What every test of the portal starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.tests.make import Cast, make_cast

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - the cast lives in the database
    return make_cast()


@pytest.fixture(autouse=True)
def _files_stay_here(own_directory: Path) -> None:
    """Keep what residents send along in a directory of the test's own."""
