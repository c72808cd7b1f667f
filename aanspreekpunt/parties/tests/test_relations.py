"""Categories, representations, bank accounts, and what registers know of persons and organisations."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import BankAccount, Category, CategoryLink, Party, Representation
from aanspreekpunt.parties.operations import (
    change_account,
    change_category_link,
    change_details,
    change_representation,
    make_account,
    make_category,
    make_organisation_details,
    make_person_details,
    make_representation,
    put_in_category,
    remove_account,
    remove_category,
    remove_details,
    remove_representation,
    rename_category,
    take_out_of_category,
)
from aanspreekpunt.parties.refusals import RepresentedAlready, RepresentsItself
from aanspreekpunt.parties.tests.make import MONDAY, make_party

pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> Party:
    return make_party()


@pytest.fixture
def other() -> Party:
    return make_party(last_name="Visser")


def test_belonging_to_a_category_begins_today_in_the_netherlands(party: Party) -> None:
    category = make_category(name="Ondernemers", by=SYSTEM, at=MONDAY)
    late = datetime.fromisoformat("2026-03-02T23:30:00Z")
    assert put_in_category(given={"party": party, "category": category}, by=SYSTEM, at=late).begins_on == date(
        2026, 3, 3
    )
    given = put_in_category(given={"party": party, "begins_on": date(2025, 1, 1)}, by=SYSTEM, at=late)
    assert (given.begins_on, given.category) == (date(2025, 1, 1), None)


def test_a_category_is_renamed_and_goes_with_who_belongs_to_it(party: Party) -> None:
    category = make_category(name="Ondernemers", by=SYSTEM, at=MONDAY)
    link = put_in_category(given={"party": party, "category": category}, by=SYSTEM, at=MONDAY)
    rename_category(category=category, name="Winkeliers", by=SYSTEM, at=MONDAY)
    change_category_link(link=link, given={"ends_on": date(2026, 12, 31)}, by=SYSTEM, at=MONDAY)
    assert CategoryLink.objects.get(ends_on=date(2026, 12, 31)).category == Category.objects.get(name="Winkeliers")
    take_out_of_category(link=link, by=SYSTEM, at=MONDAY)
    put_in_category(given={"party": party, "category": category}, by=SYSTEM, at=MONDAY)
    remove_category(category=category, by=SYSTEM, at=MONDAY)
    assert not CategoryLink.objects.exists()


def test_one_speaks_for_another_once_and_never_for_himself(party: Party, other: Party) -> None:
    first = make_representation(representative=party, represented=other, by=SYSTEM, at=MONDAY)
    with pytest.raises(RepresentedAlready):
        make_representation(representative=party, represented=other, by=SYSTEM, at=MONDAY)
    with pytest.raises(RepresentsItself):
        make_representation(representative=party, represented=party, by=SYSTEM, at=MONDAY)
    back = make_representation(representative=other, represented=party, by=SYSTEM, at=MONDAY)
    with pytest.raises(RepresentsItself):
        change_representation(representation=back, representative=party, represented=party, by=SYSTEM, at=MONDAY)
    remove_representation(representation=first, by=SYSTEM, at=MONDAY)
    change_representation(representation=back, representative=party, represented=other, by=SYSTEM, at=MONDAY)
    assert Representation.objects.get().representative == party


def test_a_bank_account_is_kept_changed_and_forgotten(party: Party) -> None:
    account = make_account(given={"iban": "NL18BANK23481326"}, by=SYSTEM, at=MONDAY)
    change_account(account=account, given={"party": party, "bic": "BANKNL2A"}, by=SYSTEM, at=MONDAY)
    assert (party.accounts.get().iban, party.accounts.get().bic) == ("NL18BANK23481326", "BANKNL2A")
    remove_account(account=account, by=SYSTEM, at=MONDAY)
    assert not BankAccount.objects.exists()
    assert "NL18" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_what_a_register_knows_of_a_person_is_kept() -> None:
    given = {"last_name": "Townsend", "born_on": date(1972, 5, 5), "address_lines": ["a", "", ""]}
    person = make_person_details(given=given, by=SYSTEM, at=MONDAY)
    change_details(details=person, given={"died_on": date(2025, 1, 1), "last_name": "Townsend"}, by=SYSTEM, at=MONDAY)
    person.refresh_from_db()
    assert (person.died_on, person.address_lines) == (date(2025, 1, 1), ["a", "", ""])
    assert Entry.objects.get(event="person_details.changed").data == {"fields": ["died_on"]}
    organisation = make_organisation_details(given={"trade_name": "Bloem"}, by=SYSTEM, at=MONDAY)
    change_details(details=organisation, given={"trade_name": "Bloem"}, by=SYSTEM, at=MONDAY)
    for details in (person, organisation):
        remove_details(details=details, by=SYSTEM, at=MONDAY)
    assert not type(person).objects.exists()
    assert not type(organisation).objects.exists()
