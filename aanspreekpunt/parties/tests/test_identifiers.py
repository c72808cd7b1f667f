"""The numbers of other registers: which are possible, and of whom there may be how many."""

from __future__ import annotations

import pytest

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import Party, PartyIdentifier
from aanspreekpunt.parties.operations import change_identifier, make_identifier, remove_identifier
from aanspreekpunt.parties.operations.identifiers import IdentifierGiven
from aanspreekpunt.parties.queries import number_of, party_identified_by
from aanspreekpunt.parties.refusals import (
    IdentifierHasParts,
    IdentifierInUse,
    KindInUse,
    NotAnIdentifier,
    ParentNeeded,
    PartOfItself,
    SeveralRefusals,
)
from aanspreekpunt.parties.tests.make import MONDAY, make_party

pytestmark = pytest.mark.django_db
BSN, OTHER_BSN, KVK, SHOP = "111222333", "123456782", "12345678", "000012345678"


def made(**given: object) -> PartyIdentifier:
    return make_identifier(given=IdentifierGiven(**given), by=SYSTEM, at=MONDAY)  # type: ignore[typeddict-item]  # tests give what they like


def changed(identifier: PartyIdentifier, **given: object) -> PartyIdentifier:
    fields = IdentifierGiven(**given)  # type: ignore[typeddict-item]  # tests give what they like
    change_identifier(identifier=identifier, given=fields, by=SYSTEM, at=MONDAY)
    identifier.refresh_from_db()
    return identifier


@pytest.fixture
def party() -> Party:
    return make_party()


@pytest.fixture
def other() -> Party:
    return make_party(last_name="Visser")


def test_a_number_may_be_of_nobody_yet() -> None:
    identifier = made(kind="bsn", number=BSN, other_identifier="the one on the form")
    assert (identifier.party, number_of(identifier), identifier.plain) == (None, BSN, "")


@pytest.mark.parametrize(
    ("kind", "number"),
    [("bsn", "12"), ("bsn", "111 222 333"), ("bsn", "111222334"), ("rsin", "11122233"), ("kvk_nummer", "123456789")],
)
def test_a_number_is_taken_only_as_registers_write_it(kind: str, number: str) -> None:
    with pytest.raises(NotAnIdentifier):
        made(kind=kind, number=number)


def test_an_establishment_stands_under_its_company(party: Party) -> None:
    with pytest.raises(ParentNeeded):
        made(kind="vestigingsnummer", number=SHOP, party=party)
    with pytest.raises(ParentNeeded):
        made(kind="vestigingsnummer", number=SHOP, part_of=made(kind="bsn", number=BSN))
    company = made(kind="kvk_nummer", number=KVK, party=party)
    assert made(kind="vestigingsnummer", number=SHOP, party=party, part_of=company).part_of == company


def test_a_number_exists_once_under_each_parent(party: Party, other: Party) -> None:
    company = made(kind="kvk_nummer", number=KVK, party=party)
    made(kind="bsn", number=BSN, party=other)
    with pytest.raises(IdentifierInUse):
        made(kind="bsn", number=BSN, party=party)
    assert made(kind="bsn", number=BSN, party=party, part_of=company).part_of == company


def test_a_party_has_one_number_of_a_kind(party: Party, other: Party) -> None:
    made(kind="bsn", number=BSN, party=party)
    with pytest.raises(KindInUse):
        made(kind="bsn", number=OTHER_BSN, party=party)
    free = made(kind="bsn", number=OTHER_BSN, party=other)
    with pytest.raises(KindInUse):
        changed(free, party=party)


def test_all_that_is_wrong_is_said_at_once(party: Party) -> None:
    made(kind="bsn", number=BSN, party=party)
    with pytest.raises(SeveralRefusals) as caught:
        made(kind="bsn", number=BSN, party=party)
    assert [type(each) for each in caught.value.reasons] == [IdentifierInUse, KindInUse]
    assert str(caught.value) == f"{IdentifierInUse()} {KindInUse()}"


def test_a_number_changes_hands(party: Party, other: Party) -> None:
    identifier = changed(made(kind="bsn", number=BSN, party=party), party=other)
    assert party_identified_by(kind="bsn", number=BSN) == other
    assert changed(identifier, party=None).party is None


def test_what_changes_is_sealed_again(party: Party) -> None:
    identifier = changed(made(kind="rsin", number=BSN, party=party), kind="bsn")
    assert (identifier.plain, number_of(identifier)) == ("", BSN)
    assert party_identified_by(kind="bsn", number=BSN) == party
    assert party_identified_by(kind="rsin", number=BSN) is None


def test_a_number_is_checked_anew_when_it_becomes_another_kind(party: Party) -> None:
    with pytest.raises(NotAnIdentifier):
        changed(made(kind="kvk_nummer", number=KVK, party=party), kind="bsn")


def test_a_company_stays_one_while_establishments_stand_under_it(party: Party) -> None:
    company = made(kind="kvk_nummer", number=KVK, party=party)
    made(kind="vestigingsnummer", number=SHOP, part_of=company)
    with pytest.raises(IdentifierHasParts):
        changed(company, kind="rsin", number=BSN)
    with pytest.raises(IdentifierHasParts):
        remove_identifier(identifier=company, by=SYSTEM, at=MONDAY)


def test_a_number_never_stands_under_itself() -> None:
    one = made(kind="bsn", number=BSN)
    two = made(kind="bsn", number=OTHER_BSN, part_of=one)
    with pytest.raises(PartOfItself):
        changed(one, part_of=one)
    with pytest.raises(PartOfItself):
        changed(one, part_of=two)


def test_nothing_new_writes_nothing() -> None:
    identifier = made(kind="bsn", number=BSN)
    lines = Entry.objects.count()
    changed(identifier, kind="bsn", number=BSN)
    assert Entry.objects.count() == lines


def test_a_number_goes_and_leaves_only_the_fact(party: Party) -> None:
    remove_identifier(identifier=made(kind="bsn", number=BSN, party=party), by=SYSTEM, at=MONDAY)
    assert not PartyIdentifier.objects.exists()
    entry = Entry.objects.get(event="party.no_longer_identified")
    assert (entry.subject_id, entry.data) == (party.pk, {"kind": "bsn"})
