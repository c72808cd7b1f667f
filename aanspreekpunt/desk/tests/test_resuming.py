"""A session that ends while somebody types: nothing typed is lost."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from aanspreekpunt.organisation.tests.make import Cast, make_cast

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

TYPED = {"available": "no", "text": 'Een "lang" verhaal', "several": ["1", "2"]}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def log_in(client: Client, page: str, *, password: str) -> str:
    typed = unescape(page.partition('name="typed" value="')[2].partition('">')[0])
    data = {"username": "anna@voorbeeldstad.example", "password": password, "typed": typed}
    return client.post(reverse("desk:login"), {**data, "next": reverse("desk:say-available")}).content.decode()


def test_what_is_sent_after_the_session_ended_goes_along_through_the_login_page(client: Client, cast: Cast) -> None:  # noqa: ARG001 - sets up
    refused = client.post(reverse("desk:say-available"), TYPED)
    assert refused.status_code == 401
    again = log_in(client, refused.content.decode(), password="wrong")
    resumed = log_in(client, again, password="anna")
    assert f'action="{reverse("desk:say-available")}"' in resumed
    assert 'name="text" value="Een &quot;lang&quot; verhaal"' in resumed
    assert resumed.count('name="several"') == 2


def test_who_logged_in_in_another_window_gets_it_back_too(client: Client, cast: Cast) -> None:
    refused = client.post(reverse("desk:say-available"), TYPED).content.decode()
    client.force_login(cast.anna, "aanspreekpunt.organisation.backends.LoginBackend")
    assert "Een &quot;lang&quot; verhaal" in log_in(client, refused, password="")


def test_nonsense_in_its_place_is_ignored(client: Client, cast: Cast) -> None:  # noqa: ARG001 - sets up
    data = {"username": "anna@voorbeeldstad.example", "password": "anna", "typed": "[1, {"}
    assert client.post(reverse("desk:login"), data).status_code == 302
