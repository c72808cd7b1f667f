"""What machines write in subjects and texts, and what servers say of a mail that they do not take."""

from __future__ import annotations

from pathlib import Path

from aanspreekpunt.intake.channels.email.reading.wordlists import lists_in

_LISTS = lists_in(Path(__file__).parent / "data" / "machines.txt")
_REASONS = lists_in(Path(__file__).parent / "data" / "reasons.txt")

DAEMONS = _LISTS["daemons"]
DAEMON_NAMES = _LISTS["daemon_names"]
BOUNCE_SUBJECTS = _LISTS["bounce_subjects"]
DELAYS = _LISTS["delays"]
BOUNCE_TEXTS = _LISTS["bounce_texts"]
AUTO_SUBJECTS = _LISTS["auto_subjects"]
AWAY_SUBJECTS = _LISTS["away_subjects"]
AWAY_PREFIXES = _LISTS["away_prefixes"]
AWAY_TEXTS = _LISTS["away_texts"]
THANKS_TEXTS = _LISTS["thanks_texts"]
READ_SUBJECTS = _LISTS["read_subjects"]
READ_TEXTS = _LISTS["read_texts"]

FULL = _REASONS["full"]
UNKNOWN = _REASONS["unknown"]
UNWANTED = _REASONS["unwanted"]
TEMPORARY = _REASONS["temporary"]
