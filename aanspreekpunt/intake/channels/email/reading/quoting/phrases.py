"""What mail programs write around a quote, gathered per language and used all at once.

People mix: a Dutch resident has an English Outlook, so no language is chosen beforehand.
"""

from __future__ import annotations

from pathlib import Path

from aanspreekpunt.intake.channels.email.reading.wordlists import lists_in

_LISTS = lists_in(Path(__file__).parent / "data" / "introductions.txt")

WROTE = _LISTS["wrote"]
WROTE_WITHOUT_SPACES = _LISTS["wrote_without_spaces"]
"""In scripts that put no space between words."""
OPENERS = frozenset(_LISTS["openers"])
"""The first words of an attribution that goes on over several lines."""
QUOTING = _LISTS["quoting"]
"""What some webmail puts before the name instead of a verb after it."""
OURSELVES = frozenset(_LISTS["ourselves"])
"""Words of people who say themselves who wrote something."""
FROM = _LISTS["from"]
SENT = _LISTS["sent"]
TO = _LISTS["to"]
COPY = _LISTS["copy"]
SUBJECT = _LISTS["subject"]
OTHER = _LISTS["other"]
"""Names of headers, like those before."""
ORIGINAL = frozenset(_LISTS["original"])
"""Between dashes above a quote."""
FORWARDED = frozenset(_LISTS["forwarded"])
"""Between dashes above what is forwarded."""
ABOVE_THIS = _LISTS["above_this"]
"""Where a help desk asks to write above it."""
