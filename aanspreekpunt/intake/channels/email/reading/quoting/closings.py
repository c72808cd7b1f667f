"""How people end a mail, and what their programs, employers and providers put below that."""

from __future__ import annotations

from pathlib import Path

from aanspreekpunt.intake.channels.email.reading.wordlists import lists_in

_LISTS = lists_in(Path(__file__).parent / "data" / "endings.txt")

CLOSINGS = _LISTS["closings"]
GREETINGS = _LISTS["greetings"]
DEVICES = _LISTS["devices"]
DEVICE_BEGINS = _LISTS["device_begins"]
DEVICE_ENDS = _LISTS["device_ends"]
FIRST_PERSON = frozenset(_LISTS["first_person"])
CONFIDENTIAL = _LISTS["confidential"]
ADDRESSEE = _LISTS["addressee"]
CONSEQUENCES = _LISTS["consequences"]
SURELY_ADDED = _LISTS["surely_added"]
LIST_WORDS = _LISTS["list_words"]
CONTACT_BEGINS = _LISTS["contact_begins"]
POSTSCRIPTS = _LISTS["postscripts"]
