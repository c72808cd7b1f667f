"""The bar above every screen: drawn once, and still everybody's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


def bar(browser: Client, address: str) -> str:
    page = browser.get(address).content.decode()
    return page[page.index('<header class="bar">') : page.index("</header>")]


def test_the_bar_offers_what_its_reader_may_do(logged_in: LogIn, cast: Cast) -> None:
    of_agent = bar(logged_in(cast.anna), reverse("desk:queue"))
    of_employee = bar(logged_in(cast.wim), reverse("desk:queue"))
    of_privacy_officer = bar(logged_in(cast.olga), reverse("desk:access-log"))
    assert [reverse("desk:new-contact") in each for each in (of_agent, of_employee, of_privacy_officer)] == [1, 0, 0]
    assert [reverse("desk:search") in each for each in (of_agent, of_employee, of_privacy_officer)] == [1, 1, 0]
    assert (cast.anna.name in of_agent, cast.wim.name in of_agent) == (True, False)


def test_the_bar_changes_with_its_reader_at_once(logged_in: LogIn, cast: Cast) -> None:
    anna, address = logged_in(cast.anna), reverse("desk:queue")
    assert 'aria-pressed="true"' in bar(anna, address)
    cast.anna.is_available, cast.anna.language = False, "en"
    cast.anna.save()
    assert 'aria-pressed="false"' in bar(anna, address)
    assert ">Log out</button>" in bar(anna, address)
    cast.anna.memberships.all().delete()
    assert reverse("desk:new-contact") not in bar(anna, reverse("desk:account"))


def test_the_bar_holds_the_address_and_the_token_of_its_own_request(logged_in: LogIn, cast: Cast) -> None:
    anna, address = logged_in(cast.anna), reverse("desk:queue")
    first, second = bar(anna, address + '?state="><b>'), bar(anna, address)
    assert f'name="next" value="{address}?state=%22%3E%3Cb%3E"' in first
    assert f'name="next" value="{address}"' in second
    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', each)) for each in (first, second)]
    assert [len(each) for each in tokens] == [1, 1]
    assert tokens[0] != tokens[1]


def test_a_name_that_looks_like_a_place_to_fill_in_stays_a_name(logged_in: LogIn, cast: Cast) -> None:
    cast.anna.name = "<token><address>"
    cast.anna.save()
    assert "&lt;token&gt;&lt;address&gt;</a>" in bar(logged_in(cast.anna), reverse("desk:queue"))
