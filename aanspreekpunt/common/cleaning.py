"""Text as people send it in, without what cannot be seen or kept."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def cleaned(text: str) -> str:
    """Return `text` composed (NFC), with plain line ends, and without control characters or marks that turn it round.

    PostgreSQL refuses the character NUL in any text.
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
