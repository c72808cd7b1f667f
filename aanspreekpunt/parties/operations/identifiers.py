"""The numbers by which other registers know a party; a bsn is sealed, and found by a keyed hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from django.db import IntegrityError, transaction
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from aanspreekpunt.common.sealing import keyed_hash, seal
from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import Party, PartyIdentifier
from aanspreekpunt.parties.operations.changing import take_over
from aanspreekpunt.parties.queries import number_of
from aanspreekpunt.parties.refusals import (
    IdentifierHasParts,
    IdentifierInUse,
    KindInUse,
    NotAnIdentifier,
    ParentNeeded,
    PartOfItself,
    SeveralRefusals,
)

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.common.refusals import Refusal
    from aanspreekpunt.journal.actors import Actor

DIGITS = {
    PartyIdentifier.Kind.BSN: 9,
    PartyIdentifier.Kind.RSIN: 9,
    PartyIdentifier.Kind.KVK: 8,
    PartyIdentifier.Kind.ESTABLISHMENT: 12,
}
"""How long each number is; those of the trade register have no check digit."""


class IdentifierGiven(TypedDict, total=False):
    """What may be said of a number; what is absent stays."""

    party: Party | None
    kind: str
    number: str
    other_identifier: str
    part_of: PartyIdentifier | None


@transaction.atomic
def add_identifier(*, party: Party, kind: str, number: str, by: Actor, at: datetime) -> PartyIdentifier:
    """Note by which number another register knows `party`, however it was typed. Replaces one of the same kind.

    Raises `NotAnIdentifier` when the number is wrong (a bsn and rsin by the 11-test) and `IdentifierInUse`.
    """
    given: IdentifierGiven = {"kind": kind, "number": "".join(each for each in number if each not in " .-")}
    known = PartyIdentifier.objects.filter(party=party, kind=kind).first()
    if known is not None:
        change_identifier(identifier=known, given=given, by=by, at=at)
        return known
    return make_identifier(given={**given, "party": party}, by=by, at=at)


@transaction.atomic
def make_identifier(*, given: IdentifierGiven, by: Actor, at: datetime) -> PartyIdentifier:
    """Note a number as another register writes it, of a party or of nobody yet.

    Raises `NotAnIdentifier`, `ParentNeeded`, `IdentifierInUse`, `KindInUse`, or `SeveralRefusals` of the last two.
    """
    identifier = PartyIdentifier()
    _take_over(identifier, given)
    _check(identifier)
    _save(identifier)
    record("party.identified", subject=identifier.party or identifier, data={"kind": identifier.kind}, by=by, at=at)
    return identifier


@transaction.atomic
def change_identifier(*, identifier: PartyIdentifier, given: IdentifierGiven, by: Actor, at: datetime) -> None:
    """Change what was given of a number. Raises as `make_identifier` does, `PartOfItself` and `IdentifierHasParts`."""
    changed = _take_over(identifier, given)
    if not changed:
        return
    if "kind" in changed and identifier.parts.exists():
        raise IdentifierHasParts
    _check(identifier)
    _save(identifier)
    data = {"kind": identifier.kind, "fields": changed}
    record("party.identified", subject=identifier.party or identifier, data=data, by=by, at=at)


@transaction.atomic
def remove_identifier(*, identifier: PartyIdentifier, by: Actor, at: datetime) -> None:
    """Take a number away. Raises `IdentifierHasParts` while others stand under it."""
    if identifier.parts.exists():
        raise IdentifierHasParts
    subject = identifier.party or identifier
    record("party.no_longer_identified", subject=subject, data={"kind": identifier.kind}, by=by, at=at)
    identifier.delete()


def checked_number(kind: str, number: str) -> str:
    """Return `number` when it can be one of this kind, exactly as other registers write it; or `NotAnIdentifier`."""
    if not (number.isascii() and number.isdigit()) or len(number) != DIGITS[PartyIdentifier.Kind(kind)]:
        raise NotAnIdentifier
    if kind in {PartyIdentifier.Kind.BSN, PartyIdentifier.Kind.RSIN}:  # both pass the same 11-test
        try:
            bsn.validate(number)
        except ValidationError:
            raise NotAnIdentifier from None
    return number


def _take_over(identifier: PartyIdentifier, given: IdentifierGiven) -> list[str]:
    """Set what was given; the number, sealed when it has to be, only when it or its kind changed."""
    plain: dict[str, Any] = {name: value for name, value in given.items() if name != "number"}
    known = (identifier.kind, number_of(identifier)) if identifier.pk else ("", "")
    changed = take_over(identifier, plain)
    number = given.get("number", known[1])
    if (identifier.kind, number) == known:
        return changed
    checked_number(identifier.kind, number)
    is_secret = identifier.kind == PartyIdentifier.Kind.BSN
    identifier.plain = "" if is_secret else number
    identifier.sealed = seal(number, purpose=identifier.kind) if is_secret else b""
    identifier.fingerprint = keyed_hash(number, purpose=identifier.kind)
    return sorted({*changed, "number"})


def _check(identifier: PartyIdentifier) -> None:
    _check_parent(identifier)
    others = PartyIdentifier.objects.exclude(pk=identifier.pk)
    reasons: list[Refusal] = []
    if others.filter(fingerprint=identifier.fingerprint, part_of=identifier.part_of).exists():
        reasons.append(IdentifierInUse())
    if identifier.party_id and others.filter(party=identifier.party, kind=identifier.kind).exists():
        reasons.append(KindInUse())
    if reasons:
        raise SeveralRefusals(reasons) if len(reasons) > 1 else reasons[0]


def _check_parent(identifier: PartyIdentifier) -> None:
    parent = identifier.part_of
    if identifier.kind == PartyIdentifier.Kind.ESTABLISHMENT and (
        parent is None or parent.kind != PartyIdentifier.Kind.KVK
    ):
        raise ParentNeeded
    while parent is not None:
        if parent.pk == identifier.pk:
            raise PartOfItself
        parent = parent.part_of


def _save(identifier: PartyIdentifier) -> None:
    """Save, while another request may have taken the number in the meantime."""
    try:
        with transaction.atomic():
            identifier.save()
    except IntegrityError as error:
        raise IdentifierInUse from error
