"""What a mail says that was sent along as a whole, for a mail that says nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.intake.channels.email.reading.mail import Address, Mail

TYPES = frozenset({"message/rfc822", "message/global"})
DEEPEST = 3
MOST = 5


def written(mails: Sequence[Mail]) -> str:
    """Write mails under each other, each with who wrote it to whom, when and about what."""
    return "\n\n".join(_written(mail) for mail in mails)


def _written(mail: Mail) -> str:
    lines = {
        "From": _people(mail.from_),
        "Date": mail.date.strftime("%Y-%m-%d %H:%M %z").rstrip() if mail.date else "",
        "To": _people(mail.to),
        "Subject": mail.subject,
    }
    heading = "\n".join(f"{name}: {value}" for name, value in lines.items() if value)
    return f"{heading}\n\n{mail.readable.strip()}".strip()


def _people(people: Sequence[Address]) -> str:
    return ", ".join(
        f"{each.name} <{each.email}>" if each.name and each.email else each.name or each.email for each in people
    )
