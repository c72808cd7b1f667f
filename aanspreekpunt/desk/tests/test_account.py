"""Getting in and out, and what is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from aanspreekpunt.organisation.tests.make import Cast, make_cast

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_who_is_not_logged_in_goes_to_the_login_page(client: Client, cast: Cast) -> None:  # noqa: ARG001 - sets up
    answer = client.get(reverse("desk:home"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("desk:login"))


def test_an_employee_logs_in_whatever_the_case_of_his_address(client: Client, cast: Cast) -> None:
    answer = client.post(
        reverse("desk:login"), {"username": "Anna@voorbeeldstad.example", "password": "anna"}, follow=True
    )
    assert cast.anna.name in answer.content.decode()
    assert answer["Cache-Control"].count("no-store")


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, cast: Cast) -> None:  # noqa: ARG001 - sets up
    pages = [
        client.post(reverse("desk:login"), {"username": f"{who}@voorbeeldstad.example", "password": "x"})
        for who in ("anna", "nobody")
    ]
    errors = [page.context["form"].non_field_errors() for page in pages]
    assert errors[0] == errors[1]
    assert errors[0]


def test_too_many_wrong_passwords_lock_the_login_and_say_so(client: Client, cast: Cast) -> None:
    for _ in range(6):
        answer = client.post(reverse("desk:login"), {"username": cast.anna.email, "password": "x"})
    assert answer.status_code == 429
    assert "U kunt even niet inloggen" in answer.content.decode()
    right = client.post(reverse("desk:login"), {"username": cast.anna.email, "password": "anna"})
    assert right.status_code == 429


def test_a_new_password_needs_the_old_one_and_keeps_one_logged_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna, "aanspreekpunt.organisation.backends.LoginBackend")
    new = "een-heel-nieuw-wachtwoord"
    refused = client.post(reverse("desk:account"), {"old_password": "x", "new_password1": new, "new_password2": new})
    assert refused.context["form"].errors
    client.post(reverse("desk:account"), {"old_password": "anna", "new_password1": new, "new_password2": new})
    cast.anna.refresh_from_db()
    assert cast.anna.check_password(new)
    assert client.get(reverse("desk:account")).status_code == 200


def test_the_language_stays_chosen(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna, "aanspreekpunt.organisation.backends.LoginBackend")
    assert "Uitloggen" in client.get(reverse("desk:home")).content.decode()
    answer = client.post(
        reverse("desk:choose-language"), {"language": "en", "next": reverse("desk:account")}, follow=True
    )
    assert answer.redirect_chain[0][0] == reverse("desk:account")
    assert "Log out" in answer.content.decode()


def test_one_says_whether_one_is_available(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna, "aanspreekpunt.organisation.backends.LoginBackend")
    client.post(reverse("desk:say-available"), {"available": "no"})
    cast.anna.refresh_from_db()
    assert not cast.anna.is_available


def test_the_way_back_never_leads_elsewhere(client: Client, cast: Cast) -> None:
    client.force_login(cast.anna, "aanspreekpunt.organisation.backends.LoginBackend")
    answer = client.post(
        reverse("desk:choose-language"), {"language": "en", "next": "https://elsewhere.example/"}, follow=False
    )
    assert answer["Location"] == reverse("desk:home")
