"""Remembering people, and keeping their numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.parties.operations import add_identifier, correct_party, remember_party
from aanspreekpunt.parties.queries import party_identified_by, shown_number
from aanspreekpunt.parties.refusals import IdentifierInUse, NameNeeded, NotAnIdentifier
from aanspreekpunt.parties.tests.make import KAREL, MONDAY, Somebody, make_party

pytestmark = pytest.mark.django_db
BSN, OTHER_BSN = "111222333", "123456782"


def test_a_person_is_remembered_with_his_addresses() -> None:
    party = make_party()
    assert (party.full_name, party.sort_key, party.kind) == ("Karel van Deurne", "deurne karel van", "person")
    assert set(party.addresses.values_list("kind", "is_preferred")) == {("phone", True), ("email", True)}
    assert Entry.objects.get().event == "party.remembered"


def test_the_same_person_is_remembered_once() -> None:
    party = make_party()
    again = remember_party(customer=replace(KAREL, email="kvd@example.org"), by=SYSTEM, at=MONDAY)
    assert again == party
    assert DigitalAddress.objects.filter(party=party).count() == 3


def test_a_namesake_is_somebody_else() -> None:
    make_party()
    make_party(first_name="Karel", infix="van", last_name="Deurne", phone="+31201234567")
    assert Party.objects.count() == 2


def test_without_a_name_nobody_is_remembered() -> None:
    with pytest.raises(NameNeeded):
        remember_party(customer=Somebody(phone="+31612345678"), by=SYSTEM, at=MONDAY)


def test_an_organisation_with_a_spokesman_is_a_contact_person() -> None:
    assert make_party(organisation_name="Bakkerij Bloem").kind == "organisation"
    assert make_party(organisation_name="Bakkerij Bloem", last_name="Visser").kind == "contact_person"


def test_what_was_not_given_stays_as_it_was() -> None:
    party = make_party()
    correct_party(party=party, customer=Somebody(first_name="Carel", last_name="Deurne"), by=SYSTEM, at=MONDAY)
    party.refresh_from_db()
    assert (party.full_name, party.sort_key) == ("Carel van Deurne", "deurne carel van")
    assert (party.street, party.house_number) == ("Kerkstraat", 12)
    assert Entry.objects.get(event="party.corrected").data == {"fields": ["first_name"]}


def test_nothing_new_writes_nothing() -> None:
    party = make_party()
    correct_party(party=party, customer=KAREL, by=SYSTEM, at=MONDAY)
    assert not Entry.objects.filter(event="party.corrected").exists()


def test_a_bsn_is_sealed_found_and_shown_masked() -> None:
    party = make_party()
    identifier = add_identifier(party=party, kind="bsn", number="111 222 333", by=SYSTEM, at=MONDAY)
    identifier.refresh_from_db()
    assert identifier.plain == ""
    assert BSN.encode() not in bytes(identifier.sealed) + bytes(identifier.fingerprint)
    assert shown_number(identifier) == "••••••333"
    assert party_identified_by(kind="bsn", number=BSN) == party
    assert party_identified_by(kind="bsn", number=OTHER_BSN) is None
    assert BSN not in str(Entry.objects.get(event="party.identified").data)


@pytest.mark.parametrize(
    ("kind", "number"), [("bsn", "111222334"), ("rsin", "1"), ("kvk_nummer", "1234567"), ("kvk_nummer", "1234567x")]
)
def test_a_number_that_cannot_be_right_is_refused(kind: str, number: str) -> None:
    with pytest.raises(NotAnIdentifier):
        add_identifier(party=make_party(), kind=kind, number=number, by=SYSTEM, at=MONDAY)


def test_numbers_of_the_trade_register_are_kept_as_they_are() -> None:
    party = make_party(organisation_name="Bakkerij Bloem")
    identifier = add_identifier(party=party, kind="kvk_nummer", number="1234 5678", by=SYSTEM, at=MONDAY)
    assert (identifier.plain, shown_number(identifier)) == ("12345678", "•••••678")
    assert add_identifier(party=party, kind="rsin", number=BSN, by=SYSTEM, at=MONDAY).plain == BSN


def test_a_second_number_of_a_kind_replaces_the_first() -> None:
    party = make_party()
    for number in (BSN, OTHER_BSN):
        add_identifier(party=party, kind="bsn", number=number, by=SYSTEM, at=MONDAY)
    assert shown_number(PartyIdentifier.objects.get()).endswith("782")


def test_a_number_belongs_to_one_person() -> None:
    add_identifier(party=make_party(), kind="bsn", number=BSN, by=SYSTEM, at=MONDAY)
    with pytest.raises(IdentifierInUse):
        add_identifier(party=make_party(last_name="Visser"), kind="bsn", number=BSN, by=SYSTEM, at=MONDAY)
