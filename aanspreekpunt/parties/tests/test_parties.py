"""Parties as other systems know them: made, changed and taken away."""

from __future__ import annotations

import pytest

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import BankAccount, DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.parties.operations import (
    Belongings,
    change_party,
    make_account,
    make_address,
    make_identifier,
    make_party,
    remove_party,
)
from aanspreekpunt.parties.queries import find_parties
from aanspreekpunt.parties.refusals import (
    AccountNotLinked,
    AddressNotLinked,
    IdentifierHasParts,
    IdentifierInUse,
    NotAnOrganisation,
    NumberInUse,
)
from aanspreekpunt.parties.tests.make import MONDAY

pytestmark = pytest.mark.django_db
BSN, KVK, SHOP = "111222333", "12345678", "000012345678"


def made(*, having: Belongings | None = None, **given: object) -> Party:
    return make_party(given=given, having=having or Belongings(), by=SYSTEM, at=MONDAY)  # type: ignore[arg-type]  # tests give what they like


def changed(party: Party, *, having: Belongings | None = None, **given: object) -> Party:
    change_party(party=party, given=given, having=having or Belongings(), by=SYSTEM, at=MONDAY)  # type: ignore[arg-type]  # as above
    return Party.objects.get(pk=party.pk)


@pytest.fixture
def phone() -> DigitalAddress:
    return make_address(given={"kind": "phone", "as_given": "0612345678"}, by=SYSTEM, at=MONDAY)


@pytest.fixture
def account() -> BankAccount:
    return make_account(given={"iban": "NL18BANK23481326"}, by=SYSTEM, at=MONDAY)


def test_a_party_may_have_no_name_and_screens_say_so(phone: DigitalAddress) -> None:
    party = made(having=Belongings(addresses=[phone]))
    assert (party.full_name, party.sort_key) == ("", "")
    assert [found.name for found in find_parties("0612345678")] == ["Naam onbekend"]


def test_a_party_is_found_by_the_name_it_gets() -> None:
    party = changed(made(), first_name="Karel", infix="van", last_name="Deurne")
    assert party.sort_key == "deurne karel van"
    assert [found.id for found in find_parties("deurne")] == [party.pk]


def test_a_number_is_of_one_party_and_none_of_many() -> None:
    made(number="")
    made(number="")
    first, second = made(number="12"), made(number="13")
    with pytest.raises(NumberInUse):
        changed(second, number="12")
    assert changed(first, number="12").number == "12"


def test_what_belongs_to_a_party_is_what_was_listed(phone: DigitalAddress, account: BankAccount) -> None:
    party = made(having=Belongings(addresses=[phone], accounts=[account]))
    assert (list(party.addresses.all()), list(party.accounts.all())) == ([phone], [account])
    changed(party)
    assert party.addresses.count() == 1
    changed(party, having=Belongings(addresses=[], accounts=[]))
    assert (party.addresses.count(), party.accounts.count()) == (0, 0)
    assert DigitalAddress.objects.get().party is None
    assert Entry.objects.filter(event="party.changed").latest("id").data == {"fields": ["accounts", "addresses"]}


def test_an_address_moves_to_who_lists_it_and_is_not_preferred_there(phone: DigitalAddress) -> None:
    first = made(having=Belongings(addresses=[phone]))
    DigitalAddress.objects.update(is_preferred=True)
    second = made(having=Belongings(addresses=[DigitalAddress.objects.get()]))
    assert (first.addresses.count(), second.addresses.count()) == (0, 1)
    assert not second.addresses.get().is_preferred


def test_only_what_belongs_to_a_party_is_preferred(phone: DigitalAddress, account: BankAccount) -> None:
    with pytest.raises(AddressNotLinked):
        made(preferred_address=phone)
    with pytest.raises(AccountNotLinked):
        made(preferred_account=account)
    having = Belongings(addresses=[phone], accounts=[account])
    party = made(preferred_address=phone, preferred_account=account, having=having)
    assert (party.preferred_address, party.preferred_account) == (phone, account)
    assert changed(party, preferred_address=None).preferred_address is None
    assert changed(party, preferred_address=phone).preferred_address == phone


def test_somebody_works_for_an_organisation() -> None:
    company, person = made(kind="organisation", organisation_name="Bloem"), made(last_name="Visser")
    assert made(kind="contact_person", last_name="Bakker", works_for=company).works_for == company
    with pytest.raises(NotAnOrganisation):
        made(kind="contact_person", works_for=person)


def test_numbers_are_listed_in_whole() -> None:
    party = made(having=Belongings(identifiers=[(None, {"kind": "bsn", "number": BSN})]))
    bsn = party.identifiers.get()
    changed(party, having=Belongings(identifiers=[(bsn, {}), (None, {"kind": "kvk_nummer", "number": KVK})]))
    assert set(party.identifiers.values_list("kind", flat=True)) == {"bsn", "kvk_nummer"}
    changed(party, having=Belongings(identifiers=[(None, {"kind": "bsn", "number": BSN})]))
    assert party.identifiers.get().pk != bsn.pk


def test_a_party_that_cannot_be_made_leaves_nothing_behind() -> None:
    make_identifier(given={"kind": "bsn", "number": BSN}, by=SYSTEM, at=MONDAY)
    with pytest.raises(IdentifierInUse):
        made(having=Belongings(identifiers=[(None, {"kind": "bsn", "number": BSN})]))
    assert not Party.objects.exists()


def test_a_number_is_not_left_out_while_another_stands_under_it() -> None:
    party = made(having=Belongings(identifiers=[(None, {"kind": "kvk_nummer", "number": KVK})]))
    company = party.identifiers.get()
    shop = {"kind": "vestigingsnummer", "number": SHOP, "part_of": company}
    changed(party, having=Belongings(identifiers=[(company, {}), (None, shop)]))  # type: ignore[list-item]  # a plain dict
    with pytest.raises(IdentifierHasParts):
        changed(party, having=Belongings(identifiers=[]))
    assert party.identifiers.count() == 2


def test_a_party_goes_with_its_numbers_and_addresses(phone: DigitalAddress) -> None:
    party = made(preferred_address=phone, having=Belongings(addresses=[phone]))
    company = make_identifier(given={"party": party, "kind": "kvk_nummer", "number": KVK}, by=SYSTEM, at=MONDAY)
    shop = make_identifier(
        given={"party": party, "kind": "vestigingsnummer", "number": SHOP, "part_of": company}, by=SYSTEM, at=MONDAY
    )
    other = made()
    PartyIdentifier.objects.filter(pk=shop.pk).update(party=other)
    with pytest.raises(IdentifierHasParts):
        remove_party(party=party, by=SYSTEM, at=MONDAY)
    PartyIdentifier.objects.filter(pk=shop.pk).update(party=party)
    remove_party(party=party, by=SYSTEM, at=MONDAY)
    assert list(Party.objects.all()) == [other]
    assert not PartyIdentifier.objects.exists()
    assert not DigitalAddress.objects.exists()
