"""What nearly every test of this room begins with."""

from __future__ import annotations

import pytest

from aanspreekpunt.organisation.tests.make import Cast, make_cast


@pytest.fixture
def cast() -> Cast:
    """Give the fixed cast of people and teams."""
    return make_cast()
