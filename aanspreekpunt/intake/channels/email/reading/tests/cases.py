"""Reads the test mails, that stand many in a file: replies with a letter before each line, and mails of machines."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import getaddresses
from pathlib import Path
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.reading.mail import Address, File, Mail

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent
_KINDS = {"new": "na", "quoted": "q", "signature": "s"}


@dataclass(frozen=True)
class Reply:
    """A mail whose lines are each known to be new (n), an answered quote (a), quoted (q) or signature (s)."""

    name: str
    rows: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.rows)

    def part(self, kind: str) -> list[str]:
        return seen("\n".join(line for letter, line in self.rows if letter in _KINDS[kind]))


@dataclass(frozen=True)
class Sent:
    """A mail with what is to be told of it."""

    name: str
    expected: tuple[str, ...]
    mail: Mail


def seen(text: str) -> list[str]:
    """Return the lines of a text in which something can be seen."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def replies() -> Iterator[Reply]:
    for name, block in _blocks("replies"):
        yield Reply(name, tuple((line[:1], line[2:]) for line in block.split("\n")))


def pages() -> Iterator[tuple[str, str, list[str]]]:
    """Give replies in HTML: the name of each, its source, and the lines that are new in it."""
    for name, block in _blocks("pages"):
        source, _, new = block.partition("\n=\n")
        yield name, source, seen(new)


def sent_by_machines() -> Iterator[Sent]:
    for name, block in _blocks("machines"):
        first, _, rest = block.partition("\n")
        yield Sent(name, tuple(each.strip() for each in first[2:].split(";")), mail_of(rest))


def mail_of(written: str) -> Mail:
    """Build a mail from headers, a blank line, its text, and parts that each begin with "@@ " and their type."""
    head, _, body = written.partition("\n\n")
    fields = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in head.split("\n")))
    text, *parts = f"\n{body}".split("\n@@ ")
    first = {name.lower(): value for name, value in reversed(fields)}
    return Mail(
        message_id=first.get("message-id", "").strip("<>"),
        in_reply_to=_ids(first.get("in-reply-to", "")),
        references=_ids(first.get("references", "")),
        subject=first.get("subject", ""),
        from_=_people(first.get("from", "")),
        to=_people(first.get("to", "")),
        text=text.lstrip("\n"),
        files=tuple(_file(part) for part in parts),
        fields=fields,
    )


def _file(written: str) -> File:
    content_type, _, content = written.partition("\n")
    return File("", content_type, content.encode())


def _people(value: str) -> tuple[Address, ...]:
    return tuple(Address(name, email) for name, email in getaddresses([value])) if value else ()


def _ids(value: str) -> tuple[str, ...]:
    return tuple(each.strip("<>") for each in value.split())


def _blocks(folder: str) -> Iterator[tuple[str, str]]:
    for file in sorted((_HERE / folder).glob("*.txt")):
        for block in f"\n{file.read_text(encoding='utf-8')}".split("\n# ")[1:]:
            name, _, rest = block.partition("\n")
            yield f"{file.stem}: {name}", rest.rstrip("\n")
