"""Taking over what is new in a folder: each mail stored as it is, and only then, if so asked, moved or deleted there.

How far we are is a UID and never a date, and moves on in the transaction that stores the mails. So whatever breaks,
whoever dies and however long nobody looked: the next look begins where the last one was sure to have come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog

from aanspreekpunt.intake.channels.email.connecting import choose_folder
from aanspreekpunt.intake.channels.email.reading.limits import BEGINNING
from aanspreekpunt.intake.channels.email.reading.mail import TOO_LARGE
from aanspreekpunt.intake.channels.email.trouble import Trouble
from aanspreekpunt.messaging.mailboxes import Numbered, NumberedAnew, begin_look, store_numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from imapclient import IMAPClient

    from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart
    from aanspreekpunt.messaging.models import Mailbox

log = structlog.get_logger("aanspreekpunt.intake")

MOST_IN_A_BATCH: Final = 25
MOST_BYTES_IN_A_BATCH: Final = 8_000_000
MOST_IN_A_SEARCH: Final = 60_000
"""The answer to a search is one line, and the library reads lines of up to a megabyte."""
MOST_TRIES: Final = 5
NOT_GIVEN: Final = "not_given"
"""The server does not manage to give this mail; a person has to look at it there."""
NOT_TAKEN_WHOLE: Final = (TOO_LARGE, NOT_GIVEN)
_WHOLE, _SIZE = b"BODY[]", b"RFC822.SIZE"


class Folder:
    """One folder of one mailbox, in which we look again and again."""

    def __init__(self, part: MailboxPart, name: str, *, clock: Callable[[], datetime]) -> None:
        self.part, self.name, self.clock = part, name, clock
        self.failures: dict[int, int] = {}
        """How often a connection broke over a mail, by UID."""
        self._under_way: tuple[int, ...] = ()

    def take_over(self, server: IMAPClient) -> Mailbox:
        """Store what is new in the folder."""
        self._under_way = ()
        is_changed = self.part.after != "leave"
        uidvalidity, count, following = choose_folder(server, self.name, is_changed=is_changed)
        row = begin_look(account=self.part.account, folder=self.name, uidvalidity=uidvalidity, at=self.clock())
        if not count:
            return row
        for uids in _searched(server, after=row.last_uid, count=count, following=following):
            for batch in self._batches(server, uids):
                messages = self._fetched(server, batch)
                try:
                    new = store_numbered(mailbox=row, messages=messages, up_to=max(batch), at=self.clock())
                except NumberedAnew:
                    raise Trouble("numbered_anew") from None
                self._note_taken(batch, messages=messages, new=new)
        return row

    def note_failure(self) -> None:
        """Remember over which mails it went wrong; from then on each of them is fetched alone."""
        for uid in self._under_way:
            self.failures[uid] = self.failures.get(uid, 0) + 1
        self._under_way = ()

    def _note_taken(self, batch: dict[int, int], *, messages: Sequence[Numbered], new: int) -> None:
        self._under_way = ()
        for uid in batch:
            self.failures.pop(uid, None)
        facts = {"new": new, "known": len(messages) - new, "gone": len(batch) - len(messages)}
        log.info("mails_taken_over", account=self.part.account, **facts)

    def _batches(self, server: IMAPClient, uids: Sequence[int]) -> Iterator[dict[int, int]]:
        """Part the mails into batches of a few, with the size of each; what went wrong before comes alone."""
        for chunk in self._chunks(uids):
            self._under_way = tuple(chunk)
            sizes = _sizes(server, [uid for uid in chunk if not self._is_hopeless(uid)])
            batch: dict[int, int] = {}
            for uid in chunk:
                size = sizes.get(uid, 0)
                if batch and sum(batch.values()) + size > MOST_BYTES_IN_A_BATCH:
                    yield batch
                    batch = {}
                batch[uid] = size
            yield batch

    def _chunks(self, uids: Sequence[int]) -> Iterator[list[int]]:
        chunk: list[int] = []
        for uid in uids:
            if chunk and (len(chunk) == MOST_IN_A_BATCH or uid in self.failures or chunk[-1] in self.failures):
                yield chunk
                chunk = []
            chunk.append(uid)
        if chunk:
            yield chunk

    def _fetched(self, server: IMAPClient, batch: dict[int, int]) -> list[Numbered]:
        """Return the mails of a batch in order; those that are gone meanwhile are left out."""
        self._under_way = tuple(batch)
        largest = self.part.most_megabytes * 1_000_000
        hopeless = [uid for uid in batch if self._is_hopeless(uid)]
        large = [uid for uid in batch if batch[uid] > largest and uid not in hopeless]
        whole = [uid for uid in batch if uid not in hopeless and uid not in large]
        messages = [Numbered(uid, raw) for uid, raw in _given(server, whole, "BODY.PEEK[]", _WHOLE)]
        messages += [self._beginning(server, uid) for uid in hopeless]
        first = f"BODY.PEEK[]<0.{BEGINNING}>"
        messages += [Numbered(uid, raw, TOO_LARGE) for uid, raw in _given(server, large, first, b"BODY[]<0>")]
        return sorted(messages, key=lambda message: message.uid)

    def _is_hopeless(self, uid: int) -> bool:
        return self.failures.get(uid, 0) >= MOST_TRIES

    def _beginning(self, server: IMAPClient, uid: int) -> Numbered:
        """Return the header of a mail over which connections keep breaking; if not even that, a note in its place."""
        if self.failures[uid] == MOST_TRIES:
            for _uid, raw in _given(server, [uid], "BODY.PEEK[HEADER]", b"BODY[HEADER]"):
                return Numbered(uid, raw, NOT_GIVEN)
        return Numbered(uid, f"{self.name} UID {uid}\r\n".encode(), NOT_GIVEN)


def _searched(server: IMAPClient, *, after: int, count: int, following: int) -> Iterator[list[int]]:
    """Find the UIDs beyond `after`, in ascending order."""
    if count <= MOST_IN_A_SEARCH or not following:
        found = server.search(["UID", f"{after + 1}:*"])
        # "*" is the last mail there is, so it comes back although we know it already.
        yield sorted(uid for uid in found if uid > after)
        return
    for first in range(after + 1, following, MOST_IN_A_SEARCH):
        yield sorted(server.search(["UID", f"{first}:{first + MOST_IN_A_SEARCH - 1}"]))


def _sizes(server: IMAPClient, uids: Sequence[int]) -> dict[int, int]:
    told: dict[int, dict[bytes, Any]] = server.fetch(uids, ["RFC822.SIZE"]) if uids else {}
    return {uid: facts[_SIZE] for uid, facts in told.items() if isinstance(facts.get(_SIZE), int)}


def _given(server: IMAPClient, uids: Sequence[int], item: str, name: bytes) -> list[tuple[int, bytes]]:
    """Fetch mails without marking them as read; one that is not given although it is there is a trouble."""
    told: dict[int, dict[bytes, Any]] = server.fetch(uids, [item]) if uids else {}
    given = [(uid, told[uid][name]) for uid in uids if uid in told and isinstance(told[uid].get(name), bytes)]
    missing = set(uids) - {uid for uid, _raw in given}
    if missing and server.search(["UID", ",".join(str(uid) for uid in sorted(missing))]):
        raise Trouble("not_given")
    return given
