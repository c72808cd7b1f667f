"""Phone numbers, e-mail addresses and the like: of a party, of somebody in a contact, or of nobody yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.db.models import Q

from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import DigitalAddress, Party
from aanspreekpunt.parties.operations.changing import take_over
from aanspreekpunt.parties.refusals import PreferredByNobody, ReferenceInUse
from aanspreekpunt.parties.rules import normal_address

if TYPE_CHECKING:
    from datetime import date, datetime

    from aanspreekpunt.journal.actors import Actor


class AddressGiven(TypedDict, total=False):
    """What may be said of an address; what is absent stays."""

    party: Party | None
    participant_id: int | None
    kind: str
    as_given: str
    is_preferred: bool
    description: str
    reference: str
    verified_on: date | None


@transaction.atomic
def make_address(*, given: AddressGiven, by: Actor, at: datetime) -> DigitalAddress:
    """Keep an address as it was given, and in the form by which it is found.

    Preferring it ends that of another of the same party and kind. Raises `PreferredByNobody` and `ReferenceInUse`.
    """
    address = DigitalAddress()
    _take_over(address, given)
    _check(address)
    address.save(force_insert=True)
    record("address.made", subject=address, data=_whose(address), by=by, at=at)
    return address


@transaction.atomic
def change_address(*, address: DigitalAddress, given: AddressGiven, by: Actor, at: datetime) -> None:
    """Change what was given of an address; when it is of somebody else now, both are told. Raises as `make_address`."""
    was = _whose(address)
    changed = _take_over(address, given)
    if not changed:
        return
    _check(address)
    address.save()
    for whose in [was, _whose(address)] if was != _whose(address) else [was]:
        record("address.changed", subject=address, data={**whose, "fields": changed}, by=by, at=at)


@transaction.atomic
def remove_address(*, address: DigitalAddress, by: Actor, at: datetime) -> None:
    """Forget an address."""
    record("address.removed", subject=address, data=_whose(address), by=by, at=at)
    address.delete()


def locked_address(*, pk: int, going_to: Party | None = None) -> DigitalAddress | None:
    """Return an address to change, within a transaction; None when there is none.

    Its party and the one it goes to are held first, in the order in which whoever changes a party holds them too: two
    who change both at once wait for each other, and do not block each other.
    """
    of = DigitalAddress.objects.filter(pk=pk).values("party_id")
    also = [going_to.pk] if going_to else []
    parties = Party.objects.filter(Q(pk__in=of) | Q(pk__in=also)).order_by("pk")
    list(parties.select_for_update(no_key=True).values_list("pk"))
    return DigitalAddress.objects.select_for_update(no_key=True).filter(pk=pk).first()


def check_reference(address: DigitalAddress) -> None:
    """Raise `ReferenceInUse` when its party has another address of this kind under the same reference."""
    if address.party_id is None or not address.reference:
        return
    alike = DigitalAddress.objects.filter(party=address.party, kind=address.kind, reference=address.reference)
    if alike.exclude(pk=address.pk).exists():
        raise ReferenceInUse


def _take_over(address: DigitalAddress, given: AddressGiven) -> list[str]:
    changed = take_over(address, given)
    if "as_given" in changed or "kind" in changed:
        address.address = normal_address(address.kind, address.as_given)
        address.bounced_at = None
    return changed


def _check(address: DigitalAddress) -> None:
    if address.party_id is None:
        if address.is_preferred:
            raise PreferredByNobody
        return
    Party.objects.select_for_update(no_key=True).get(pk=address.party_id)  # one at a time, so that one stays preferred
    check_reference(address)
    if address.is_preferred:
        others = DigitalAddress.objects.filter(party=address.party, kind=address.kind, is_preferred=True)
        others.exclude(pk=address.pk).update(is_preferred=False)


def _whose(address: DigitalAddress) -> dict[str, int | None]:
    return {"party": address.party_id, "participant": address.participant_id}
