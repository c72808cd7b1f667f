"""Colleagues among what one finds: who does what, and how to reach him."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import translation

from aanspreekpunt.desk.times import short_day
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("phone", ["0612345678", "toestel 12"])
def test_a_colleague_is_shown_with_his_work_and_how_to_reach_him(
    phone: str, cast: Cast, logged_in: LogIn, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    Employee.objects.filter(pk=cast.wim.pk).update(function="Opzichter <afval>", phone=phone)
    anna = logged_in(cast.anna)
    found = anna.post(reverse("desk:search"), {"text": "Wim"}, follow=True).content.decode()
    with django_assert_max_num_queries(10):
        suggested = anna.post(reverse("desk:suggest"), {"text": "Wim"}).content.decode()
    for page in (found, suggested):
        assert f"Opzichter &lt;afval&gt; · {cast.waste.name}" in page
        assert 'href="mailto:wim@voorbeeldstad.example"' in page
        assert ('href="tel:+31612345678"' in page) == (phone != "toestel 12")
        assert phone in page


def test_a_colleague_who_left_since_cannot_be_called(cast: Cast, logged_in: LogIn) -> None:
    anna = logged_in(cast.anna)
    anna.post(reverse("desk:suggest"), {"text": "Wim"})  # from now on he is in memory for a while
    Employee.objects.filter(pk=cast.wim.pk).update(is_active=False)
    assert "mailto:wim" not in anna.post(reverse("desk:suggest"), {"text": "Wim"}).content.decode()


def test_a_day_is_written_as_one_writes_it_in_the_language_of_the_screen() -> None:
    with translation.override("nl"):
        assert short_day(date(2026, 11, 21)) == "21 nov 2026"
    with translation.override("en"):
        assert short_day(date(2026, 11, 21)) == "21 Nov 2026"
