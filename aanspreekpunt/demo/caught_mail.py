"""The mails that the catcher of a demo kept instead of sending them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

MOST_LISTED: Final = 200
_NAME: Final = re.compile(r"[0-9]+(-[0-9]+)*")


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One mail: `name` is that of its file, without its ending."""

    name: str
    to: str
    subject: str
    at: datetime | None
    text: str
    html: str


def caught_mails() -> list[CaughtMail]:
    """Return the newest mails, newest first."""
    directory: Path = settings.CAUGHT_MAIL_DIR
    paths = sorted(directory.glob("[0-9]*.eml"), key=lambda path: path.name, reverse=True)[:MOST_LISTED]
    return [_read(path) for path in paths]


def caught_mail(name: str) -> CaughtMail | None:
    """Return one mail by the name of its file."""
    directory: Path = settings.CAUGHT_MAIL_DIR
    path = directory / f"{name}.eml"
    return _read(path) if _NAME.fullmatch(name) and path.is_file() else None


def _read(path: Path) -> CaughtMail:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return CaughtMail(
        name=path.stem,
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        at=parsedate_to_datetime(mail["Date"]) if mail["Date"] else None,
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
    )


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else ""
