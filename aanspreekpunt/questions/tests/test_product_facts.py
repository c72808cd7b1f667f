"""What one should know about a product, in either language and with values filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.knowledge.tests.make import make_value
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.questions.product_facts import facts_of

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from aanspreekpunt.catalogue.models import Product

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def make_passport(cast: Cast) -> Product:
    body = {"name": "X", "text": "Bel {{ nummer }}.", "text_en": "Call {{ nummer }}.", "offer": "Bel mee."}
    return make_product(
        "paspoort",
        team=cast.desk,
        costs="Een pas kost {{ kosten }}.",
        costs_en="A passport costs {{ kosten }}.",
        bring=["Een pasfoto", "{{ nergens }} en meer"],
        steps=["Kom langs.", "Wacht {{ termijn }}."],
        steps_en=["Come by.", "Wait {{ termijn }}."],
        refer_to=body,
    )


def test_values_stand_in_every_text_in_the_language_asked_for(cast: Cast) -> None:
    product = make_passport(cast)
    make_value("kosten", "€ 86", at=MONDAY)
    make_value("termijn", "5 werkdagen", text_en="5 working days", at=MONDAY)
    make_value("nummer", "112", at=MONDAY)
    dutch = facts_of(product, language="nl", on=TODAY)
    assert dutch.costs == "Een pas kost € 86."
    assert dutch.steps == ("Kom langs.", "Wacht 5 werkdagen.")
    assert (dutch.refer_text, dutch.offer) == ("Bel 112.", "Bel mee.")
    english = facts_of(product, language="en", on=TODAY)
    assert english.steps == ("Come by.", "Wait 5 working days.")
    assert (english.refer_text, english.offer) == ("Call 112.", "Bel mee.")


def test_a_text_with_a_hole_is_left_out(cast: Cast) -> None:
    facts = facts_of(make_passport(cast), language="nl", on=TODAY)
    assert (facts.costs, facts.bring, facts.steps) == ("", ("Een pasfoto",), ("Kom langs.",))
    assert facts.are_there


def test_no_query_without_values(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    plain = make_product("vraag", team=cast.desk)
    with django_assert_num_queries(0):
        assert not facts_of(plain, language="nl", on=TODAY).are_there
