"""Finding people by whatever one knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.parties.access import may_look_up_parties
from aanspreekpunt.parties.models import DigitalAddress, Party
from aanspreekpunt.parties.queries import address_line, find_parties, party_with_addresses
from aanspreekpunt.parties.tests.make import MONDAY, make_party

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import DjangoAssertMaxNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> None:
    make_party()
    make_party(first_name="Anna", last_name="Jansen-de Vries", postcode="1234AB", house_number=14)
    make_party(organisation_name="Bakkerij De Korenbloem", phone="+31201234567")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("0612345678", ["Karel van Deurne"]),
        ("+31 20 123 45 67", ["Bakkerij De Korenbloem"]),
        ("KAREL@example.org", ["Karel van Deurne"]),
        ("1234 AB 12", ["Karel van Deurne"]),
        ("1234ab12a", ["Karel van Deurne"]),
        ("1234ab12b", []),
        ("1234 AB", ["Karel van Deurne", "Anna Jansen-de Vries"]),
        ("deur", ["Karel van Deurne"]),
        ("van deur", ["Karel van Deurne"]),
        ("Karel", ["Karel van Deurne"]),
        ("karel van de", ["Karel van Deurne"]),
        ("Karel Deur", ["Karel van Deurne"]),
        ("vries", ["Anna Jansen-de Vries"]),
        ("korenbl", ["Bakkerij De Korenbloem"]),
        ("k", []),
        ("", []),
        ("%", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_what_one_knows(text: str, names: list[str]) -> None:
    assert [found.name for found in find_parties(text)] == names


def test_results_are_enough_to_recognise_and_no_more() -> None:
    make_party()
    (found,) = find_parties("deurne")
    assert found.address_line == "Kerkstraat 12A, 1234 AB Voorbeeldstad"
    assert (found.phone, found.email) == ("••• 678", "k•••@example.org")


def test_a_secret_address_is_not_shown() -> None:
    make_party()
    Party.objects.update(is_address_secret=True)
    assert find_parties("deurne")[0].address_line == ""


def test_who_is_no_longer_active_is_not_found() -> None:
    party = make_party()
    Party.objects.update(is_active=False)
    assert find_parties("deurne") == []
    with pytest.raises(Party.DoesNotExist):
        party_with_addresses(party.pk)


def test_a_party_comes_with_its_addresses() -> None:
    party, addresses = party_with_addresses(make_party().pk)
    assert address_line(party) == "Kerkstraat 12A, 1234 AB Voorbeeldstad"
    assert addresses == {"phone": "+31612345678", "email": "karel@example.org"}


@pytest.mark.parametrize("text", ["0612345678", "karel@example.org", "1234 AB 12", "deurne", "karel deur", "karel"])
@pytest.mark.usefixtures("people")
def test_no_search_takes_more_than_three_queries(
    text: str, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        find_parties(text)


INDEXES = {
    "0612345678": "address_itself",
    "karel@example.org": "address_itself",
    "1234 AB 12": "party_by_address",
    "jan": "party_by_name",
    "karel deur": "party_by_name",
    "karel": "party_by_any_name",
}


def test_every_search_runs_on_an_index() -> None:
    """Read the plans over enough people for the planner to care, who are made once for all searches."""
    many = [
        Party(
            last_name=f"Naam{n}",
            sort_key=f"naam{n} piet",
            postcode=f"{1000 + n % 9000}XX",
            house_number=n % 90,
            made_at=MONDAY,
        )
        for n in range(5000)
    ]
    Party.objects.bulk_create(many, batch_size=1000)
    addresses = [DigitalAddress(party=party, kind="phone", address=f"+3161{party.pk:07d}") for party in many]
    DigitalAddress.objects.bulk_create(addresses, batch_size=1000)
    for text, index in INDEXES.items():
        plans = plans_of(text)
        assert any(index in plan for plan in plans), (text, plans)
        assert not any("Seq Scan on parties_party" in plan for plan in plans), (text, plans)


def plans_of(text: str) -> list[str]:
    """Return the plan of each query that a search makes."""
    plans: list[str] = []

    def explain(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        with connection.connection.cursor() as cursor:
            cursor.execute("ANALYZE parties_party")
            cursor.execute("ANALYZE parties_digitaladdress")
            cursor.execute(f"EXPLAIN {sql}", params)
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        find_parties(text)
    return plans


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_only_who_speaks_with_residents_looks_people_up(cast: Cast) -> None:
    assert may_look_up_parties(cast.anna)
    assert not may_look_up_parties(cast.olga)
    assert not may_look_up_parties(cast.wim)
