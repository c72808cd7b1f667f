"""Headers in the parts of a report: what RFC 3464, 5965 and 8098 call fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.reading.mail import Mail

Fields = dict[str, str]
"""Names in lower case; of a repeated field the first counts."""

_MOST = 256 * 1024
_MOST_BLOCKS = 200
_MOST_PARTS = 10
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,4}:(.*)")


def blocks_of(content: bytes) -> list[Fields]:
    """Return the groups of fields in a part, between blank lines."""
    text = content[:_MOST].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    found: list[Fields] = []
    for block in _unfolded(text):
        if block and len(found) < _MOST_BLOCKS:
            found.append(block)
    return found


def _unfolded(text: str) -> Iterator[Fields]:
    fields: Fields = {}
    name = ""
    for line in text.split("\n"):
        field = _FIELD.match(line)
        if not line.strip():
            yield fields
            fields, name = {}, ""
        elif line[0] in " \t" and name:
            fields[name] = f"{fields[name]} {line.strip()}"[:4000]
        elif field:
            name = field[1].lower()
            fields.setdefault(name, field[2].strip())
    yield fields


def parts_of(mail: Mail, *types: str) -> list[bytes]:
    """Return what is in the parts of these types."""
    return [file.content for file in mail.files if file.content_type.lower() in types][:_MOST_PARTS]


def returned_headers(mail: Mail) -> Fields:
    """Return the headers of the mail that a report sends back, as far as it does."""
    parts = parts_of(mail, *_RETURNED)
    return next((block for part in parts for block in blocks_of(part)[:1]), {})


_RETURNED = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/partial",
)
