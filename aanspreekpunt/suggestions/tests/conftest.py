"""What the tests of suggestions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.suggestions.shelf import SHELF

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    """Begin and end each test with a process that holds no model."""
    SHELF.forget()
    yield
    SHELF.forget()
