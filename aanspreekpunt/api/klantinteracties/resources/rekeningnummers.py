"""Rekeningnummers: the bank accounts of parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Fields, Text
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, text, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.naming import locked, named, party_ref
from aanspreekpunt.parties.models import BankAccount, Party
from aanspreekpunt.parties.operations import AccountGiven, change_account, make_account, remove_account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

_SELECT = (
    "SELECT t.id, t.uuid::text, p.uuid::text, t.iban, t.bic FROM parties_bankaccount t"  # noqa: S608 - names of our own
    f" LEFT JOIN parties_party p ON p.id = t.party_id WHERE t.id {AMONG}"
)


class Rekeningnummers(Resource):
    """The bank accounts of parties."""

    path = "rekeningnummers"
    name = "Rekeningnummer"
    tag = "rekeningnummers"
    table = "parties_bankaccount"
    counted_by = ()
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "partij": party_ref(nullable=True, about="De partij van wie het rekeningnummer is."),
        "iban": Text(
            max_length=34,
            pattern=r"^[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}$",
            required=True,
            blank=False,
            about="Internationaal bankrekeningnummer.",
        ),
        "bic": Text(min_length=8, max_length=11, pattern=r"^[\S]+$", about="Code van de bank."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        "bic": text("t.bic <> '' AND t.bic = %s", about="De code van de bank."),
        "iban": text("t.iban = %s", about="Het rekeningnummer."),
        "uuid": uuid("t.uuid = %s", about="De uuid van het rekeningnummer."),
    }

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # a token may see parties and what belongs to them, or none of it
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {
            pk: Record(
                {
                    **reading.link(self.path, uuid),
                    "partij": reading.link("partijen", party) if party else None,
                    "iban": iban,
                    "bic": bic,
                }
            )
            for pk, uuid, party, iban, bic in rows(_SELECT, [list(ids)])
        }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(make_account(given=_given(data, writing.caller), by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        given = _given(data, writing.caller)
        change_account(account=locked(BankAccount, pk), given=given, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        remove_account(account=locked(BankAccount, pk), by=writing.by, at=writing.at)


def _given(data: dict[str, Any], caller: Caller) -> AccountGiven:
    given = AccountGiven()
    if "partij" in data:
        given["party"] = named(Party, resources.kind_at("partijen"), data["partij"], caller, field="partij")
    if "iban" in data:
        given["iban"] = data["iban"]
    if "bic" in data:
        given["bic"] = data["bic"]
    return given
