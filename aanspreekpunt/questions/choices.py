"""The words a question and its contacts are described with."""

from __future__ import annotations

import re
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The way a contact came in or went out."""

    PHONE = "phone", _("Phone")
    COUNTER = "counter", _("Counter")
    WEB_FORM = "web_form", _("Web form")
    EMAIL = "email", _("E-mail")
    CHAT = "chat", _("Chat")
    LETTER = "letter", _("Letter")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("Text message")
    SOCIAL = "social", _("Social media")
    VISIT = "visit", _("Home visit")
    OTHER = "other", _("Another channel")


CHANNEL_NAMES: Final = {
    Channel.PHONE: "telefoon",
    Channel.COUNTER: "balie",
    Channel.WEB_FORM: "webformulier",
    Channel.EMAIL: "e-mail",
    Channel.CHAT: "chat",
    Channel.LETTER: "brief",
    Channel.WHATSAPP: "whatsapp",
    Channel.SMS: "sms",
    Channel.SOCIAL: "social media",
    Channel.VISIT: "huisbezoek",
}
"""What our channels are called among systems of Dutch municipalities: part of the data, so not translated."""

_ALSO_CALLED: Final = {
    "bellen": Channel.PHONE,
    "telefonie": Channel.PHONE,
    "kcc": Channel.PHONE,
    "baliebezoek": Channel.COUNTER,
    "loket": Channel.COUNTER,
    "bezoek": Channel.COUNTER,
    "formulier": Channel.WEB_FORM,
    "contactformulier": Channel.WEB_FORM,
    "website": Channel.WEB_FORM,
    "internet": Channel.WEB_FORM,
    "mail": Channel.EMAIL,
    "livechat": Channel.CHAT,
    "post": Channel.LETTER,
    "socialmedia": Channel.SOCIAL,
}
_LETTERS = re.compile(r"[^\W\d_]+")


def channel_called(name: str) -> Channel:
    """Return which of our channels another system means; `OTHER` when it is none of them."""
    folded = "".join(_LETTERS.findall(name.casefold()))
    return _CHANNELS_BY_NAME.get(folded, Channel.OTHER)


_CHANNELS_BY_NAME: Final = {
    **{"".join(_LETTERS.findall(channel.value)): channel for channel in Channel},
    **{"".join(_LETTERS.findall(name)): channel for channel, name in CHANNEL_NAMES.items()},
    **_ALSO_CALLED,
}


SPOKEN_CHANNELS = frozenset({Channel.PHONE, Channel.COUNTER, Channel.VISIT})
"""Channels on which an answer is spoken, so that the contact itself carries it."""


class State(TextChoices):
    """Where a question is in its life."""

    WAITING = "waiting", _("Waiting")
    IN_HAND = "in_hand", _("In hand")
    AWAITING_RESIDENT = "awaiting_resident", _("Waiting for the resident")
    SETTLED = "settled", _("Settled")


class Outcome(TextChoices):
    """How a question ended."""

    ANSWERED_AT_ONCE = "answered_at_once", _("Answered at once")
    ANSWERED = "answered", _("Answered")
    CALLBACK_KEPT = "callback_kept", _("Called back")
    REFERRED = "referred", _("Handed to another body")
    BECAME_CASE = "became_case", _("Became a case")
    APPOINTMENT_MADE = "appointment_made", _("Appointment made")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    COULD_NOT_BE_ANSWERED = "could_not_be_answered", _("Could not be answered")
    HANDLED_ELSEWHERE = "handled_elsewhere", _("Dealt with in another system")
    DUPLICATE = "duplicate", _("Already asked in another question")


ANSWERED_OUTCOMES = frozenset({Outcome.ANSWERED_AT_ONCE, Outcome.ANSWERED, Outcome.CALLBACK_KEPT})
"""Outcomes that say "answered": each needs an outgoing contact or a spoken answer on record."""
