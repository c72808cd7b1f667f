"""The screens about what the desk could settle itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.insights.counting import count_lately
from aanspreekpunt.insights.models import Decision
from aanspreekpunt.insights.tests.make import make_answered
from aanspreekpunt.messaging.alarms import alarms_lately
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def bins(cast: Cast) -> Product:
    """Give a product about which six questions were handed over that the desk could have answered."""
    product = make_product("container", team=cast.waste)
    for _each in range(6):
        make_answered(cast, product, at=timezone.now() - timedelta(days=8))
    count_lately(at=timezone.now())
    return product


@pytest.fixture
def mara(cast: Cast) -> Employee:  # noqa: ARG001 - after the municipality
    return make_employee("Mara", (Role.MANAGER, None))


def detail(product: Product) -> str:
    return reverse("desk:insight", args=[product.key, "question"])


def test_a_manager_sees_what_could_move_and_decides_with_one_click(
    bins: Product, mara: Employee, logged_in: LogIn, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    browser = logged_in(mara)
    with django_assert_max_num_queries(10):
        page = browser.get(reverse("desk:insights")).content.decode()
    assert "6 (100%)" in page
    assert detail(bins) in page
    answer = browser.post(detail(bins), {"answer": "yes"}, follow=True)
    assert "Uw besluit is vastgelegd." in answer.content.decode()
    bins.refresh_from_db()
    assert not bins.desk_may_settle
    assert "wacht op de functioneel beheerder" in browser.get(reverse("desk:insights")).content.decode()
    assert browser.post(detail(bins), {"answer": "carry_out"}).status_code == 422


def test_the_administrator_carries_it_out_and_the_effect_is_shown(
    bins: Product, mara: Employee, logged_in: LogIn
) -> None:
    logged_in(mara).post(detail(bins), {"answer": "yes"})
    admin = logged_in(make_employee("Frits", (Role.FUNCTIONAL_ADMINISTRATOR, None)))
    assert "Besloten, nog niet uitgevoerd" in admin.get(reverse("desk:insights")).content.decode()
    page = admin.post(detail(bins), {"answer": "carry_out"}, follow=True).content.decode()
    assert "Wat het heeft opgeleverd" in page
    assert "1 week ervoor" in page
    bins.refresh_from_db()
    assert bins.desk_may_settle
    assert admin.post(detail(bins), {"answer": "yes"}).status_code == 422


def test_a_no_without_a_reason_is_refused_with_what_was_typed(bins: Product, mara: Employee, logged_in: LogIn) -> None:
    browser = logged_in(mara)
    answer = browser.post(detail(bins), {"answer": "no", "reason": "  "})
    assert answer.status_code == 422
    assert "Zeg waarom niet, of waarom later." in answer.content.decode()
    browser.post(detail(bins), {"answer": "no", "reason": "Vraagt <b>toezicht</b>\x00"})
    page = browser.get(detail(bins)).content.decode()
    assert "Vraagt &lt;b&gt;toezicht&lt;/b&gt;" in page
    assert Decision.objects.get().answer == "no"


def test_a_supervisor_sees_figures_and_examples_of_his_team_but_does_not_decide(
    cast: Cast, bins: Product, logged_in: LogIn, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    sander = logged_in(cast.sander)
    alarms_lately(at=timezone.now())  # looked up every few seconds, for all screens together
    with django_assert_max_num_queries(12):
        page = sander.get(detail(bins)).content.decode()
    assert "Container niet geleegd" in page
    assert 'name="answer"' not in page
    assert sander.post(detail(bins), {"answer": "yes"}).status_code == 422
    sofie = logged_in(cast.sofie)
    assert "6 (100%)" not in sofie.get(reverse("desk:insights")).content.decode()
    assert sofie.get(detail(bins)).status_code == 404


def test_a_manager_without_sight_of_questions_sees_no_examples(bins: Product, mara: Employee, logged_in: LogIn) -> None:
    page = logged_in(mara).get(detail(bins)).content.decode()
    assert "Container niet geleegd" not in page
    assert "Er zijn er geen die u mag zien." in page


def test_outsiders_find_nothing(cast: Cast, bins: Product, logged_in: LogIn, client: Client) -> None:
    for outsider in (cast.anna, cast.wim, cast.olga, cast.joke):
        browser = logged_in(outsider)
        assert browser.get(reverse("desk:insights")).status_code == 404
        assert browser.get(detail(bins)).status_code == 404
        assert browser.post(detail(bins), {"answer": "yes"}).status_code == 404
    assert client.get(reverse("desk:insights")).status_code == 302


@pytest.mark.parametrize("address", ["bestaat-niet/question", "container/onzin"])
def test_what_is_not_there_is_not_found(address: str, bins: Product, mara: Employee, logged_in: LogIn) -> None:
    assert bins.key == "container"
    assert logged_in(mara).get(f"{reverse('desk:insights')}/{address}").status_code == 404
    assert logged_in(mara).post(detail(bins), {"answer": "misschien"}).status_code == 404


def test_a_confidential_product_has_no_page(cast: Cast, mara: Employee, logged_in: LogIn) -> None:
    secret = make_product("schulden", team=cast.waste, is_confidential=True)
    assert logged_in(mara).get(detail(secret)).status_code == 404
