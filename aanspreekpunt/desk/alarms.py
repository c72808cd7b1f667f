"""Alarms about mail as screens show them, to who may do something about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.messaging.alarm_words import sentence_of
from aanspreekpunt.messaging.alarms import alarms_lately
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.access import Rights


@dataclass(frozen=True, slots=True)
class ShownAlarms:
    """The sentences to show, whether the reader may open the screen about them, and by what a change is known."""

    sentences: tuple[str, ...]
    may_open_post: bool

    @property
    def version(self) -> str:
        """A text that changes when what is shown does."""
        return hashlib.sha256("\n".join(self.sentences).encode()).hexdigest()[:16]


def shown_alarms(rights: Rights, *, at: datetime) -> ShownAlarms:
    """Return what is the matter with mail, in words; looked up every few seconds at most."""
    sentences = tuple(sentence_of(alarm) for alarm in alarms_lately(at=at))
    return ShownAlarms(sentences, rights.may(Permission.HANDLE_POST))
