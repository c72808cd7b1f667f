"""What the tests of subscriptions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import Cast, make_cast, make_employee
from aanspreekpunt.subscriptions.tests.receiver import Receiver, receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.organisation.models import Employee


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def fatma() -> Employee:
    """Make the functional administrator."""
    return make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))


@pytest.fixture
def other(settings: SettingsWrapper) -> Iterator[Receiver]:
    """Another system, on this machine, which is allowed by name."""
    settings.INTERNAL_RECEIVERS = frozenset({"127.0.0.1", "localhost"})
    with receiver() as listening:
        yield listening
