"""How far we are with each mailbox, and whether we still reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from aanspreekpunt.messaging.arriving import store_arrival
from aanspreekpunt.messaging.models import Mailbox

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime


@dataclass(frozen=True)
class Numbered:
    """A message as a folder gave it; with the reason, when it did not give the whole."""

    uid: int
    raw: bytes
    quarantined_for: str = ""


class NumberedAnew(Exception):
    """Somebody else saw meanwhile that the folder numbers its messages anew."""


@transaction.atomic
def watch_mailboxes(places: Collection[tuple[str, str]], *, at: datetime) -> list[Mailbox]:
    """Keep a row for each account and folder in `places`, and forget those that are not watched any more.

    What is forgotten is how far we were. Nothing comes in twice by that: messages are told apart by their content too.
    """
    known = {(row.account, row.folder): row for row in Mailbox.objects.select_for_update()}
    Mailbox.objects.filter(pk__in=[row.pk for place, row in known.items() if place not in places]).delete()
    for account, folder in places:
        if (account, folder) not in known:
            Mailbox.objects.create(account=account, folder=folder, watched_since=at)
    return list(Mailbox.objects.order_by("account", "folder"))


@transaction.atomic
def begin_look(*, account: str, folder: str, uidvalidity: int, at: datetime) -> Mailbox:
    """Say how far we are with a folder. When it numbers its messages anew, we begin anew."""
    Mailbox.objects.get_or_create(account=account, folder=folder, defaults={"watched_since": at})
    mailbox = Mailbox.objects.select_for_update().get(account=account, folder=folder)
    mailbox.looked_at = at
    if mailbox.uidvalidity != uidvalidity:
        mailbox.uidvalidity, mailbox.last_uid = uidvalidity, 0
    mailbox.save(update_fields=["looked_at", "uidvalidity", "last_uid"])
    return mailbox


@transaction.atomic
def store_numbered(*, mailbox: Mailbox, messages: Sequence[Numbered], up_to: int, at: datetime) -> int:
    """Store messages of a folder and, with them, that we are as far as `up_to`. Returns how many were new."""
    held = Mailbox.objects.filter(pk=mailbox.pk, uidvalidity=mailbox.uidvalidity)
    if not held.update(last_uid=Greatest(F("last_uid"), up_to)):
        raise NumberedAnew
    new = sum(
        store_arrival(
            account=mailbox.account,
            external_id=external_id(mailbox, message.uid),
            raw=message.raw,
            quarantined_for=message.quarantined_for,
            at=at,
        )
        for message in messages
    )
    mailbox.last_uid = up_to
    return new


def external_id(mailbox: Mailbox, uid: int) -> str:
    """Say what a message is called in its folder."""
    return f"{mailbox.folder} {mailbox.uidvalidity} {uid}"


def note_look(*, account: str, folder: str, error: str = "", is_good: bool = True, at: datetime) -> None:
    """Note how a look at a folder, or a moment of listening, went. A good one may still have had a lesser trouble."""
    good = {"succeeded_at": at} if is_good else {}
    Mailbox.objects.filter(account=account, folder=folder).update(looked_at=at, error=error, **good)
