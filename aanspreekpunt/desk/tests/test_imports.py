"""The screens on which an administrator sees how far the copying of a register is, and what was refused."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from aanspreekpunt.imports.going import alone
from aanspreekpunt.imports.operations import stop_run
from aanspreekpunt.imports.tests.make import ADDRESS, NOW, end, make_list, make_run, refuse
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from aanspreekpunt.imports.models import ImportRun
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
LIST = reverse("desk:copied-registers")


@pytest.fixture
def fatma(cast: Cast) -> Employee:  # noqa: ARG001 - after the municipality
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    fatma.language = "en"
    fatma.save(update_fields=["language"])
    return fatma


def one(run: ImportRun, name: str = "copied-register") -> str:
    return reverse(f"desk:{name}", args=[run.pk])


def text_of(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_only_an_administrator_of_everything_finds_these_screens(logged_in: LogIn, cast: Cast, client: Client) -> None:
    run = make_run()
    addresses = (LIST, one(run), one(run, "copied-register-refusals"))
    of_one_team = make_employee("Tim", (Role.FUNCTIONAL_ADMINISTRATOR, cast.waste))
    for employee in (cast.anna, cast.sofie, cast.olga, cast.wim, of_one_team):
        for address in addresses:
            answer = logged_in(employee).get(address)
            assert answer.status_code == 404, (employee.name, address)
            assert ADDRESS not in answer.content.decode()
    for address in addresses:
        assert client.get(address)["Location"].startswith(reverse("desk:login"))


def test_nothing_copied_yet_says_how_it_is_done(logged_in: LogIn, fatma: Employee) -> None:
    shown = text_of(logged_in(fatma).get(LIST))
    assert "No register was copied yet." in shown
    assert "aanspreekpunt import klantinteracties --from https://openklant.example.nl --token-file token.txt" in shown
    assert "Registers that were copied" in text_of(logged_in(fatma).get(reverse("desk:tokens")))


def test_the_list_tells_state_and_figures(logged_in: LogIn, fatma: Employee) -> None:
    end(make_run("https://klaar.example"))
    refuse(make_run(), 1)
    shown = text_of(logged_in(fatma).get(LIST))
    assert shown.index(ADDRESS) < shown.index("https://klaar.example")
    assert "Stopped" in shown
    assert "Done, something is missing" in shown  # 1,500 were not met
    assert "1004 of 2504 903 0 1 2 1 0" in shown
    with alone(ADDRESS):
        assert "Being copied" in text_of(logged_in(fatma).get(LIST))


def test_one_run_says_what_to_do_next(logged_in: LogIn, fatma: Employee) -> None:
    run, browser = make_run(), logged_in(fatma)
    stop_run(run=run, code="http_503")
    shown = text_of(browser.get(one(run)))
    assert "answered with a fault of its own (HTTP 503)" in shown
    assert f"--from {ADDRESS} --token-file token.txt" in shown
    with alone(ADDRESS):
        shown = text_of(browser.get(one(run)))
        assert "Nothing has to be done." in shown
        assert "--token-file" not in shown
    make_list(run, "partijen", is_done=True, trouble="not_allowed")
    shown = text_of(browser.get(one(end(run))))
    assert "Something is missing" in shown
    assert "partijen not read: the token may not see this list 0 of 0" in shown
    assert "klantcontacten the other register did not show all of it 1000 of 2500" in shown


def test_a_run_that_took_everything_says_so(logged_in: LogIn, fatma: Employee) -> None:
    run = make_run()
    run.stretches.filter(name="klantcontacten").update(count=1000)
    shown = text_of(logged_in(fatma).get(one(end(run, at=NOW + timedelta(hours=1)))))
    assert "Done, all of it is here" in shown
    assert "Everything that the other register showed came in." in shown
    assert "Nothing was refused." in shown


def test_refusals_are_shown_a_page_at_a_time(
    logged_in: LogIn, fatma: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run, browser = make_run(), logged_in(fatma)
    for number in range(1, 131):
        refuse(run, number)
    refuse(run, 1, path="actoren", field="naam", is_whole=False)
    end(run)
    browser.get(one(run))
    with django_assert_num_queries(5):  # session, employee with roles, run, when it moved, refusals
        page = browser.get(one(run)).content.decode()
    assert page.count("stayed out") == 99
    assert page.count("came in without it") == 1
    assert "It has to be there and is not." in page
    (after,) = re.findall(r"after=(\d+)", page)
    with django_assert_num_queries(6):  # and where the page before ended
        page = browser.get(one(run), {"after": after}).content.decode()
    assert page.count("stayed out") == 31
    assert 'rel="next"' not in page
    page = browser.get(one(run), {"list": "actoren"}).content.decode()
    assert (page.count("stayed out"), page.count("came in without it")) == (0, 1)


@pytest.mark.parametrize("asked", ["after=x", "after=99999999999999999999", "after=-1", "list=%27%22%3E", "before=²"])
def test_odd_questions_get_the_first_page(logged_in: LogIn, fatma: Employee, asked: str) -> None:
    run = make_run()
    refuse(run, 1)
    assert "stayed out" in logged_in(fatma).get(f"{one(run)}?{asked}").content.decode()
    assert ADDRESS in logged_in(fatma).get(f"{LIST}?{asked}").content.decode()


def test_runs_are_shown_a_page_at_a_time(logged_in: LogIn, fatma: Employee) -> None:
    for number in range(30):
        end(make_run(f"https://r{number}.example"))
    browser = logged_in(fatma)
    first = browser.get(LIST).content.decode()
    (before,) = re.findall(r"before=(\d+)", first)
    second = browser.get(LIST, {"before": before}).content.decode()
    assert (first.count("data-row"), second.count("data-row")) == (25, 5)


def test_everything_refused_comes_as_a_sheet(logged_in: LogIn, fatma: Employee) -> None:
    run = make_run()
    refuse(run, 1)
    refuse(run, 2, field="=cmd()", is_whole=False)
    answer = logged_in(fatma).get(one(run, "copied-register-refusals"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # it streams
    assert lines == [
        "List;uuid;Field;Code;Result",
        "klantcontacten;00000000-0000-0000-0000-000000000001;kanaal;required;stayed out",
        "klantcontacten;00000000-0000-0000-0000-000000000002;'=cmd();required;came in without it",
    ]
    assert answer["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("number", [0, 999, 2**64])
def test_a_run_that_is_not_there_is_not_there(logged_in: LogIn, fatma: Employee, number: int) -> None:
    assert logged_in(fatma).get(reverse("desk:copied-register", args=[number])).status_code == 404
