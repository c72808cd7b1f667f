"""Phone numbers and e-mail addresses: kept as given, found in one form, one of a kind preferred."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import DigitalAddress, Party
from aanspreekpunt.parties.operations import change_address, locked_address, make_address, remove_address
from aanspreekpunt.parties.operations.addresses import AddressGiven
from aanspreekpunt.parties.queries import find_parties, only_party_with
from aanspreekpunt.parties.refusals import PreferredByNobody, ReferenceInUse
from aanspreekpunt.parties.rules import normal_address, normal_addresses
from aanspreekpunt.parties.tests.make import MONDAY, make_party


def made(**given: object) -> DigitalAddress:
    fields = {"kind": "phone", "as_given": "06 12345678", **given}
    return make_address(given=AddressGiven(**fields), by=SYSTEM, at=MONDAY)  # type: ignore[typeddict-item]  # tests give what they like


def changed(address: DigitalAddress, **given: object) -> DigitalAddress:
    change_address(address=address, given=AddressGiven(**given), by=SYSTEM, at=MONDAY)  # type: ignore[typeddict-item]  # as above
    address.refresh_from_db()
    return address


@pytest.fixture
def party() -> Party:
    return make_party(last_name="Visser")


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("phone", "06 12345678", "+31612345678"),
        ("phone", "0031612345678", "+31612345678"),
        ("phone", "no number", "nonumber"),
        ("email", " Karel@Example.ORG ", "karel@example.org"),
        ("other", " @karel ", "@karel"),
    ],
)
def test_an_address_has_one_form_by_which_it_is_found(kind: str, given: str, kept: str) -> None:
    assert normal_address(kind, given) == kept


def test_whatever_kind_it_is_it_is_found() -> None:
    assert normal_addresses("06 12345678") == ["06 12345678", "+31612345678"]
    assert normal_addresses("Karel@Example.org") == ["Karel@Example.org", "karel@example.org"]


@pytest.mark.django_db
def test_an_address_stays_as_it_was_given_and_finds_its_party(party: Party) -> None:
    address = made(party=party)
    assert (address.as_given, address.address) == ("06 12345678", "+31612345678")
    assert [found.id for found in find_parties("0612345678")] == [party.pk]


@pytest.mark.django_db
def test_an_address_may_be_of_nobody_and_given_twice() -> None:
    assert made().party is None
    assert made().address == made().address


@pytest.mark.django_db
def test_who_gave_his_address_twice_is_still_one_person(party: Party) -> None:
    made(party=party)
    made(party=party, as_given="0612345678")
    assert only_party_with("+31612345678") == party
    assert [found.id for found in find_parties("0612345678", limit=1)] == [party.pk]
    made(party=make_party(last_name="Bakker"))
    assert only_party_with("+31612345678") is None


@pytest.mark.django_db
def test_one_address_of_a_kind_is_preferred(party: Party) -> None:
    first, mail = made(party=party, is_preferred=True), made(party=party, kind="email", is_preferred=True)
    second = made(party=party, is_preferred=True)
    assert not DigitalAddress.objects.get(pk=first.pk).is_preferred
    assert DigitalAddress.objects.get(pk=mail.pk).is_preferred
    changed(DigitalAddress.objects.get(pk=first.pk), is_preferred=True)
    assert not DigitalAddress.objects.get(pk=second.pk).is_preferred


@pytest.mark.django_db
def test_only_an_address_of_somebody_is_preferred(party: Party) -> None:
    with pytest.raises(PreferredByNobody):
        made(is_preferred=True)
    with pytest.raises(PreferredByNobody):
        changed(made(party=party, is_preferred=True), party=None)


@pytest.mark.django_db
def test_a_reference_is_used_once_per_party_and_kind(party: Party) -> None:
    made(party=party, reference="portal")
    assert made(party=party, reference="portal", kind="email").reference == "portal"
    assert made(reference="portal").reference == "portal"
    with pytest.raises(ReferenceInUse):
        made(party=party, reference="portal")
    other = made(party=party, reference="work")
    with pytest.raises(ReferenceInUse):
        changed(other, reference="portal")


@pytest.mark.django_db
def test_a_new_address_is_found_anew_and_no_longer_bounces(party: Party) -> None:
    address = made(party=party, kind="email", as_given="old@example.org")
    DigitalAddress.objects.update(bounced_at=MONDAY)
    changed(address, as_given="New@example.org")
    assert (address.address, address.bounced_at) == ("new@example.org", None)
    assert Entry.objects.get(event="address.changed").data["fields"] == ["as_given"]


@pytest.mark.django_db
def test_whoever_changes_an_address_holds_its_parties_before_it(party: Party) -> None:
    address, other = made(party=party), make_party(last_name="Bakker")
    with CaptureQueriesContext(connection) as captured:
        assert locked_address(pk=address.pk, going_to=other) == address
    held = [each["sql"] for each in captured.captured_queries if "FOR NO KEY UPDATE" in each["sql"]]
    assert [("parties_party" in sql.split("WHERE")[0]) for sql in held] == [True, False]
    assert str(other.pk) in held[0]
    assert locked_address(pk=address.pk + 1000) is None


@pytest.mark.django_db
def test_an_address_goes_and_is_preferred_no_longer(party: Party) -> None:
    address = made(party=party)
    Party.objects.update(preferred_address=address)
    remove_address(address=address, by=SYSTEM, at=MONDAY)
    party.refresh_from_db()
    assert party.preferred_address is None
    assert "06" not in str(Entry.objects.get(event="address.removed").data)
