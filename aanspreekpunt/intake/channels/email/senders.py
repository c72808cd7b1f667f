"""Who wrote a mail, as far as it says so: an address to write back to, a name, perhaps somebody we know. No proof."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings

from aanspreekpunt.organisation.queries import municipality, teams_with_a_mailbox
from aanspreekpunt.parties.queries import only_party_with
from aanspreekpunt.parties.rules import split_name
from aanspreekpunt.questions.intake import Customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.reading.mail import Mail
    from aanspreekpunt.messaging.models import Arrival
    from aanspreekpunt.organisation.models import Team


def sender_address(mail: Mail, *, envelope_from: str) -> str:
    """Return whose address it gives, in lower case; empty when it gives none."""
    said = (address.email for address in (*mail.from_, *mail.sender))
    return next(filter(_is_address, (each.strip().lower() for each in (*said, envelope_from))), "")


def reply_address(mail: Mail, *, envelope_from: str) -> str:
    """Return where its sender wants to be answered; empty when he cannot be."""
    asked = (address.email.strip().lower() for address in mail.reply_to)
    return next(filter(_is_address, asked), "") or sender_address(mail, envelope_from=envelope_from)


def customer_of(mail: Mail, *, envelope_from: str) -> Customer:
    """Return who asks: the name he gives himself, the address to answer to, and who that address belongs to."""
    address = reply_address(mail, envelope_from=envelope_from)
    shown = next((each.name for each in mail.from_ if each.name.strip()), "")
    name = split_name(_in_speaking_order(shown))
    return Customer(
        party=only_party_with(address) if address else None,
        initials=name.initials,
        first_name=name.first_name,
        infix=name.infix,
        last_name=name.last_name,
        email=address,
    )


def our_addresses() -> frozenset[str]:
    """Return the addresses our own mail comes from; a mail from one of them is ours coming back."""
    return frozenset({parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower(), *_municipal_address()} - {""})


def team_written_to(mail: Mail, arrival: Arrival) -> Team | None:
    """Return the department whose own mailbox it was sent to; None for the general address, or several of them."""
    recipients = set(_recipients(mail, arrival))
    teams = [team for team in teams_with_a_mailbox() if team.mailbox in recipients]
    if len(teams) != 1 or teams[0].is_contact_centre or recipients & our_addresses():
        return None
    return teams[0] if teams[0].is_at_work else None


def _recipients(mail: Mail, arrival: Arrival) -> Iterator[str]:
    yield from (address.lower() for address in arrival.envelope_to)
    yield from (address.email.lower() for address in (*mail.to, *mail.cc))
    yield from (
        value.strip(" <>").lower() for name in ("Delivered-To", "X-Original-To") for value in mail.headers(name)
    )


def _municipal_address() -> Iterator[str]:
    yield municipality().contact.get("email", "").lower()


def _in_speaking_order(name: str) -> str:
    """Turn "Deurne, Karel van" around, as address books write names."""
    last, comma, first = " ".join(name.split()).partition(", ")
    return f"{first} {last}" if comma and "," not in first else " ".join(name.split())


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(local and at and domain) and not any(char.isspace() or char in "<>,;" for char in text)
