"""Products: chosen by whatever people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from aanspreekpunt.catalogue.queries import (
    forget_products,
    product_named,
    products_for_choice,
    search_products,
)
from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.organisation.tests.make import make_team

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def products() -> None:
    waste, desk = make_team("waste"), make_team("desk")
    make_product("bin", team=waste, name="Container niet geleegd", everyday_names=["kliko", "vuilnisbak"])
    make_product("bulk", team=waste, name="Grofvuil laten ophalen", everyday_names=["bank wegbrengen"])
    make_product("passport", team=desk, name="Paspoort aanvragen", name_en="Apply for a passport")
    make_product("old", team=desk, name="Containerpas", is_active=False)


def keys(text: str) -> list[str]:
    return [choice.key for choice in search_products(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cont", ["bin"]),
        ("klik", ["bin"]),
        ("geleegd container", ["bin"]),
        ("passp", ["passport"]),
        ("aanvr pas", ["passport"]),
        ("bank weg", ["bulk"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_products_are_found_by_any_of_their_names(text: str, found: list[str]) -> None:
    assert keys(text) == found


def test_a_name_that_begins_so_comes_first() -> None:
    make_product("bin-new", team=make_team("parks"), name="Nieuwe container")
    forget_products()
    assert keys("container") == ["bin", "bin-new"]


def test_names_follow_the_language_of_the_screen() -> None:
    (choice,) = search_products("paspoort")
    assert choice.shown_name == "Paspoort aanvragen"
    assert choice.shown_team_name == "Desk"
    with override("en"):
        assert choice.shown_name == "Apply for a passport"


def test_products_are_remembered_for_a_moment(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    forget_products()
    with django_assert_num_queries(1):
        products_for_choice()
        search_products("cont")


def test_one_product_is_read_with_its_team(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        product = product_named("bin")
        assert product is not None
        assert product.team.key == "waste"
    assert product_named("old") is None
    assert product_named("") is None
