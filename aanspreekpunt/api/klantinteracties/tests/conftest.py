"""What several tests of the interfaces begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.api.klantinteracties.tests.other_register import OtherRegister, served
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.promises.tests.truths import falsehoods

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def cast() -> Cast:
    """Make teams and the people who work there."""
    return make_cast()


@pytest.fixture
def other(cast: Cast) -> Iterator[OtherRegister]:  # noqa: ARG001 - copied into an organisation that is there
    """Serve another register; whatever came of copying it, what must hold of questions does."""
    with served(OtherRegister()) as register:
        yield register
    assert falsehoods() == []
