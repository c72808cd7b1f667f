"""What a mail says, after reading: addresses, texts, files and headers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime


TOO_LARGE: Final = "too_large"


class Unreadable(Exception):
    """Nothing can be made of these bytes; `reason` says why in one code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Address:
    """Someone in a header: the name shown ("" when absent) and the address ("" for a name alone)."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class File:
    """A part that is not the text itself; its name and type are what the sender says of it, not what it is."""

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as read; identifiers are without the angle brackets, texts have line feeds between lines."""

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    subject: str = ""
    from_: tuple[Address, ...] = ()
    sender: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    text: str = ""
    forwarded: str = ""
    """What mails say that were sent along, when the mail says nothing itself."""
    html: str = ""
    """As sent: only `safe_html` makes it fit to show."""
    files: tuple[File, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    """All headers of the mail itself in their order, each on one line and decoded."""
    defects: tuple[str, ...] = ()
    """What was wrong with it and got repaired, as codes."""

    @property
    def readable(self) -> str:
        """Give what there is to read: what the mail says, or else what it forwards."""
        return self.text if self.text.strip() else self.forwarded

    def header(self, name: str) -> str:
        """Give the first header of that name, or "" when there is none."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> tuple[str, ...]:
        """Give all headers of that name, in the order in which they stand."""
        wanted = name.lower()
        return tuple(value for key, value in self.fields if key.lower() == wanted)
