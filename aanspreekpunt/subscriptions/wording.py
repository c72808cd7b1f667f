"""What somebody who words messages must offer: channels with features to filter on, and a message for each happening.

Each kind of subscription has its wording, found through `settings.NOTICES_ARE_WORDED_BY`, because some of them speak
the language of a standard that only a face knows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.subscriptions.happenings import Happening, Thing


@dataclass(frozen=True, slots=True)
class Channel:
    """One kind of thing to be told about, and on which features one can filter."""

    name: str
    label: StrOrPromise
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What is told on one channel. Two with the same key are one: the second is not sent."""

    key: str
    channel: str
    about: Thing
    features: Mapping[str, str]
    body: Mapping[str, Any]


class Wording(Protocol):
    """Puts happenings in words for one kind of subscription."""

    @property
    def channels(self) -> tuple[Channel, ...]: ...

    @property
    def example(self) -> str:
        """How one writes a filter, for who fills one in: channel, feature and value."""

    def messages_about(self, happenings: Iterable[Happening]) -> Iterator[tuple[Happening, Message]]:
        """Return what there is to tell, in order; about many happenings nothing at all."""

    def test_message(self, channel: str, *, identity: str, at: datetime) -> Mapping[str, Any]:
        """Return the body of a message that only tries whether it arrives."""


def wording_for(kind: str) -> Wording:
    """Return who words what subscriptions of this kind are told."""
    wording: Wording = import_string(settings.NOTICES_ARE_WORDED_BY[kind])
    return wording


def as_sent(body: Mapping[str, Any]) -> str:
    """Return a body as it goes over the line."""
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def channel_named(kind: str, name: str) -> Channel | None:
    """Return the channel by this name."""
    return next((each for each in wording_for(kind).channels if each.name == name), None)
