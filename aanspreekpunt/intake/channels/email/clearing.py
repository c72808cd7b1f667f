"""Moving or deleting at the server what is stored with us; at each look, so what a crash left there goes later."""

from __future__ import annotations

from imaplib import IMAP4
from typing import TYPE_CHECKING, Final

from aanspreekpunt.intake.channels.email.fetching import MOST_IN_A_SEARCH, NOT_TAKEN_WHOLE
from aanspreekpunt.messaging.mailboxes import external_id
from aanspreekpunt.messaging.models import Arrival

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imapclient import IMAPClient

    from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart
    from aanspreekpunt.messaging.models import Mailbox

MOST_AT_ONCE: Final = 200


def clear_stored(server: IMAPClient, part: MailboxPart, row: Mailbox) -> str:
    """Move or delete, as the file says, what is stored. Returns the code of the trouble when that is not allowed.

    What we could not take in whole stays where it is, because there alone it is whole.
    """
    if part.after == "leave" or not row.last_uid:
        return ""
    criteria = [f"1:{MOST_IN_A_SEARCH}", "UID", f"1:{row.last_uid}", "UNDELETED"]
    found = sorted(server.search(criteria))
    try:
        for start in range(0, len(found), MOST_AT_ONCE):
            uids = _without_kept(found[start : start + MOST_AT_ONCE], row)
            if uids:
                _move(server, uids, part.move_to) if part.move_to else _delete(server, uids)
    except IMAP4.abort:
        raise
    except IMAP4.error:
        return "cannot_move" if part.move_to else "cannot_delete"
    return ""


def _without_kept(uids: Sequence[int], row: Mailbox) -> list[int]:
    names = {external_id(row, uid): uid for uid in uids}
    kept = Arrival.objects.filter(account=row.account, external_id__in=list(names), reason__in=NOT_TAKEN_WHOLE)
    for name in kept.values_list("external_id", flat=True):
        del names[name]
    return list(names.values())


def _move(server: IMAPClient, uids: Sequence[int], folder: str) -> None:
    if not server.folder_exists(folder):
        server.create_folder(folder)
    if server.has_capability("MOVE"):
        server.move(uids, folder)
        return
    server.copy(uids, folder)
    _delete(server, uids)


def _delete(server: IMAPClient, uids: Sequence[int]) -> None:
    """Delete these mails. A server that cannot remove just these keeps them, marked as deleted."""
    server.delete_messages(uids, silent=True)
    if server.has_capability("UIDPLUS"):
        server.uid_expunge(uids)
