"""The bank accounts of parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import BankAccount, Party
from aanspreekpunt.parties.operations.changing import take_over

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor


class AccountGiven(TypedDict, total=False):
    """What may be said of a bank account; what is absent stays."""

    party: Party | None
    iban: str
    bic: str


@transaction.atomic
def make_account(*, given: AccountGiven, by: Actor, at: datetime) -> BankAccount:
    """Keep a bank account, of a party or of nobody yet."""
    account = BankAccount.objects.create(**given)
    record("account.made", subject=account, data={"party": account.party_id}, by=by, at=at)
    return account


@transaction.atomic
def change_account(*, account: BankAccount, given: AccountGiven, by: Actor, at: datetime) -> None:
    """Change what was given of a bank account."""
    changed = take_over(account, given)
    if changed:
        account.save()
        record("account.changed", subject=account, data={"party": account.party_id, "fields": changed}, by=by, at=at)


@transaction.atomic
def remove_account(*, account: BankAccount, by: Actor, at: datetime) -> None:
    """Forget a bank account."""
    record("account.removed", subject=account, data={"party": account.party_id}, by=by, at=at)
    account.delete()
