"""A party as other systems know it: made, changed and taken away with all that hangs together with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import IntegrityError, connection, transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import BankAccount, DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.parties.operations.addresses import check_reference
from aanspreekpunt.parties.operations.changing import take_over
from aanspreekpunt.parties.operations.identifiers import IdentifierGiven, change_identifier, make_identifier
from aanspreekpunt.parties.operations.remembering import sort_key_of
from aanspreekpunt.parties.refusals import (
    AccountNotLinked,
    AddressNotLinked,
    IdentifierHasParts,
    NotAnOrganisation,
    NumberInUse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor


class PartyGiven(TypedDict, total=False):
    """What may be said of a party; what is absent stays. A mailing address has the parts of the visiting address."""

    kind: str
    number: str
    initials: str
    first_name: str
    infix: str
    last_name: str
    organisation_name: str
    is_introduced: bool
    works_for: Party | None
    language: str
    is_active: bool
    is_address_secret: bool | None
    internal_note: str
    street: str
    house_number: int | None
    house_number_addition: str
    postcode: str
    city: str
    country: str
    address_id: str
    address_lines: list[str]
    mailing_address: dict[str, Any]
    preferred_address: DigitalAddress | None
    preferred_account: BankAccount | None


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is to belong to a party from now on, each list in whole; None leaves things as they are.

    A number is one that exists, with what changes of it, or None with all of a new one.
    """

    addresses: Sequence[DigitalAddress] | None = None
    accounts: Sequence[BankAccount] | None = None
    identifiers: Sequence[tuple[PartyIdentifier | None, IdentifierGiven]] | None = None


NOTHING_ELSE = Belongings()


@transaction.atomic
def make_party(*, given: PartyGiven, having: Belongings = NOTHING_ELSE, by: Actor, at: datetime) -> Party:
    """Make a party, which may be without a name, with what belongs to it.

    Raises `NumberInUse`, `AddressNotLinked`, `AccountNotLinked`, `NotAnOrganisation`, and for its numbers as
    `make_identifier` does.
    """
    party = Party(made_at=at, **given)
    party.sort_key = sort_key_of(party)
    party.preferred_address = party.preferred_account = None
    _check_employer(party)
    _save(party)
    record("party.made", subject=party, data={"kind": party.kind}, by=by, at=at)
    _give(party, having, by=by, at=at)
    _prefer(party, given)
    return party


@transaction.atomic
def change_party(
    *, party: Party, given: PartyGiven, having: Belongings = NOTHING_ELSE, by: Actor, at: datetime
) -> None:
    """Change what was given of a party; what a list leaves out no longer belongs to it, and a number is taken away.

    Raises as `make_party` does, and `IdentifierHasParts`.
    """
    changed = take_over(party, {name: value for name, value in given.items() if not name.startswith("preferred_")})
    if changed:
        party.sort_key = sort_key_of(party)
        _check_employer(party)
        _save(party)
    given_up = _give(party, having, by=by, at=at)
    preferred = _prefer(party, given)
    if changed or given_up or preferred:
        fields = sorted([*changed, *given_up, *preferred])
        record("party.changed", subject=party, data={"fields": fields}, by=by, at=at)


@transaction.atomic
def remove_party(*, party: Party, by: Actor, at: datetime) -> None:
    """Forget a party with its addresses, accounts, numbers and relations; its contacts and questions stay.

    Raises `IdentifierHasParts` while a number of another party stands under one of its numbers.
    """
    if PartyIdentifier.objects.filter(part_of__party=party).exclude(party=party).exists():
        raise IdentifierHasParts
    record("party.removed", subject=party, by=by, at=at)
    with connection.cursor() as cursor:  # all at once: one by one, each would protect the number it stands under
        cursor.execute("DELETE FROM parties_partyidentifier WHERE party_id = %s", [party.pk])
    party.delete()


def _give(party: Party, having: Belongings, *, by: Actor, at: datetime) -> list[str]:
    """Let `party` have what is listed and no longer have what is not; returns which lists changed."""
    changed = []
    if having.addresses is not None:
        _note_taken(party, having.addresses, "addresses", by=by, at=at)
        changed += ["addresses"] if _give_addresses(party, having.addresses) else []
    if having.accounts is not None:
        _note_taken(party, having.accounts, "accounts", by=by, at=at)
        changed += ["accounts"] if _give_accounts(party, having.accounts) else []
    if having.identifiers is not None:
        _give_identifiers(party, having.identifiers, by=by, at=at)
        changed.append("identifiers")
    return changed


def _note_taken(
    party: Party, wanted: Sequence[DigitalAddress | BankAccount], name: str, *, by: Actor, at: datetime
) -> None:
    """Write in the journal of the parties that these belonged to that they lose them to `party`."""
    losing = {each.party_id for each in wanted if each.party_id not in {None, party.pk}}
    for other in Party.objects.filter(pk__in=losing).order_by("pk"):
        record("party.changed", subject=other, data={"fields": [name]}, by=by, at=at)


def _give_addresses(party: Party, addresses: Sequence[DigitalAddress]) -> bool:
    dropped = party.addresses.exclude(pk__in=[each.pk for each in addresses]).update(party=None, is_preferred=False)
    new = [each for each in addresses if each.party_id != party.pk]
    for address in new:
        address.party, address.is_preferred = party, False
        check_reference(address)
        address.save(update_fields=["party", "is_preferred"])
    return bool(dropped or new)


def _give_accounts(party: Party, accounts: Sequence[BankAccount]) -> bool:
    wanted = [each.pk for each in accounts]
    dropped = party.accounts.exclude(pk__in=wanted).update(party=None)
    new = BankAccount.objects.filter(pk__in=wanted).exclude(pk__in=party.accounts.values("pk")).update(party=party)
    return bool(dropped or new)


def _give_identifiers(
    party: Party, wanted: Sequence[tuple[PartyIdentifier | None, IdentifierGiven]], *, by: Actor, at: datetime
) -> None:
    dropped = party.identifiers.exclude(pk__in=[known.pk for known, _ in wanted if known])
    if PartyIdentifier.objects.filter(part_of__in=dropped).exists():
        raise IdentifierHasParts
    dropped.delete()
    for known, given in wanted:
        of_party: IdentifierGiven = {**given, "party": party}
        if known is None:
            make_identifier(given=of_party, by=by, at=at)
        else:
            change_identifier(identifier=known, given=of_party, by=by, at=at)


def _prefer(party: Party, given: PartyGiven) -> list[str]:
    """Take over what is preferred, after the lists, because only what belongs to the party can be preferred."""
    address, account = given.get("preferred_address"), given.get("preferred_account")
    if address is not None and not party.addresses.filter(pk=address.pk).exists():
        raise AddressNotLinked
    if account is not None and not party.accounts.filter(pk=account.pk).exists():
        raise AccountNotLinked
    changed = take_over(party, {name: value for name, value in given.items() if name.startswith("preferred_")})
    if changed:
        party.save(update_fields=changed)
    return changed


def _check_employer(party: Party) -> None:
    if party.works_for is not None and party.works_for.kind != Party.Kind.ORGANISATION:
        raise NotAnOrganisation


def _save(party: Party) -> None:
    if party.number and Party.objects.filter(number=party.number).exclude(pk=party.pk).exists():
        raise NumberInUse
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError as error:  # taken in the meantime
        raise NumberInUse from error
