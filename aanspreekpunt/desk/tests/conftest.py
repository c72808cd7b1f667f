"""What the tests of the staff screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from aanspreekpunt.organisation.tests.make import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.models import Employee

Browser = Client


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def logged_in() -> Callable[[Employee], Client]:
    """Give the browser of an employee."""

    def log_in(employee: Employee) -> Client:
        browser = Client()
        browser.force_login(employee, "aanspreekpunt.organisation.backends.LoginBackend")
        return browser

    return log_in
