"""Product names of the government with an answer: suggested while one types, put right, or asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from aanspreekpunt.catalogue.models import UplName
from aanspreekpunt.catalogue.operations.upl import fill_upl
from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
SUGGEST = "/desk/antwoord/upl"


@pytest.fixture
def carla(cast: Cast) -> Employee:  # noqa: ARG001 - the municipality she works for
    return make_editor()


@pytest.fixture
def _listed() -> None:
    fill_upl()


def save(browser: Client, names: str) -> HttpResponse:
    data = {"question": "Vraag?", "answer": "Antwoord.", "upl_names": names, "do": "save"}
    return browser.post(reverse("desk:new-answer"), data)


@pytest.mark.usefixtures("_listed")
def test_names_are_suggested_while_one_types(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    page = browser.post(SUGGEST, {"upl_query": "rijbew"}).content.decode()
    assert 'data-adds-line="rijbewijs"' in page
    assert page.count('role="option"') <= 8
    assert "Geen naam heeft deze woorden." in browser.post(SUGGEST, {"upl_query": "qqq"}).content.decode()
    for nonsense in ("", "   ", "\x00", "(" * 500, "x" * 1_000_000):
        assert browser.post(SUGGEST, {"upl_query": nonsense}).status_code == 200
    assert browser.get(SUGGEST).status_code == 405


def test_outsiders_get_no_suggestions(logged_in: LogIn, cast: Cast) -> None:
    assert logged_in(cast.olga).post(SUGGEST, {"upl_query": "pas"}).status_code == 404


@pytest.mark.usefixtures("_listed")
def test_a_name_is_put_right_whatever_its_capitals(logged_in: LogIn, carla: Employee) -> None:
    assert save(logged_in(carla), "Paspoort \n RIJBEWIJS\npaspoort").status_code == 302
    assert Version.objects.get().upl_names == ["paspoort", "rijbewijs"]


@pytest.mark.usefixtures("_listed")
def test_a_near_miss_is_asked_about_and_loses_nothing(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    answer = save(browser, "paspoort\nrijbewijz\nvliegend tapijt")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“rijbewijz” is geen naam in de UPL. Bedoelt u “rijbewijs”" in page
    assert "“vliegend tapijt” is geen naam in de UPL. Kies er een, of laat dit weg." in page
    assert "vliegend tapijt</textarea>" in page
    assert not Version.objects.exists()


@pytest.mark.usefixtures("_listed")
def test_a_name_that_left_the_list_is_no_reason_to_refuse_a_text(logged_in: LogIn, carla: Employee) -> None:
    make_answer("oud", upl_names=("paspoort",))
    UplName.objects.filter(name="paspoort").update(is_listed=False)
    data = {"number": 1, "revision": 1, "question": "V?", "answer": "Anders.", "upl_names": "paspoort", "do": "save"}
    assert logged_in(carla).post(reverse("desk:edit-answer", args=["oud"]), data).status_code == 302


def test_without_the_list_any_name_is_taken(logged_in: LogIn, carla: Employee) -> None:
    assert save(logged_in(carla), "rijbewijz").status_code == 302
