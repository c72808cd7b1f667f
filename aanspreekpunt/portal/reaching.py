"""The ways to reach a human being: which are open, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from aanspreekpunt.common.phone_numbers import (
    NotAPhoneNumber,
    format_phone_number,
    normalise_phone_number,
    telephone_href,
)
from aanspreekpunt.common.times import spell_date, spell_moment, spell_time
from aanspreekpunt.organisation.queries import calendar_of, contact_centre, municipality
from aanspreekpunt.organisation.rules import TeamNeverOpens, local_date
from aanspreekpunt.questions.choices import Channel

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product

HUMAN_CHANNELS: Final = (Channel.PHONE, Channel.COUNTER, Channel.EMAIL, Channel.LETTER, Channel.VISIT)
_DAYS_SHOWN: Final = 7


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach us: what to do, and an address to press on when there is one."""

    channel: str
    label: str
    text: str
    href: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class DayHours:
    """When we are open on one of the coming days."""

    day: str
    hours: str


def open_channels() -> frozenset[str]:
    """Return the channels the municipality keeps open."""
    return frozenset(municipality().open_channels)


def is_open_on_web(product: Product | None = None) -> bool:
    """Say whether a question (about `product`) may be asked on this website."""
    of_product = frozenset(product.channels) if product else frozenset()
    return Channel.WEB_FORM in open_channels() and (not of_product or Channel.WEB_FORM in of_product)


def human_ways(product: Product | None = None, *, at: datetime) -> list[Way]:
    """Return the ways to reach a human being (about `product`), the quickest first."""
    chosen = open_channels() & (frozenset(product.channels) if product and product.channels else open_channels())
    contact: dict[str, Any] = municipality().contact
    ways = [_way(channel, contact, at=at) for channel in HUMAN_CHANNELS if channel in chosen]
    return [way for way in ways if way is not None]


def hours_now(*, at: datetime) -> str:
    """Return whether we are open at this moment, and until or from when."""
    calendar = calendar_of(contact_centre())
    try:
        opens_at, closes_at = next(calendar.intervals_from(at))
    except TeamNeverOpens:
        return ""
    if calendar.is_open(at):
        return _("Open now, until %(time)s.") % {"time": spell_time(closes_at)}
    if local_date(opens_at) == local_date(at):
        return _("Closed now. Open today from %(time)s.") % {"time": spell_time(opens_at)}
    return _("Closed now. Open again on %(moment)s.") % {"moment": spell_moment(opens_at)}


def coming_days(*, at: datetime) -> list[DayHours]:
    """Return when we are open on each of the coming seven days, holidays included."""
    calendar, first = calendar_of(contact_centre()), local_date(at)
    days = [first.fromordinal(first.toordinal() + count) for count in range(_DAYS_SHOWN)]
    return [DayHours(spell_date(day), _hours(calendar.intervals_on(day))) for day in days]


def postal_address() -> str:
    """Return street, postcode and town of the town hall in one line."""
    contact = municipality().contact
    place = f"{contact.get('postcode', '')} {contact.get('city', '')}".strip()
    return ", ".join(part for part in (contact.get("street", ""), place) if part)


def _way(channel: str, contact: dict[str, Any], *, at: datetime) -> Way | None:
    phone, email = contact.get("phone", ""), contact.get("email", "")
    if channel == Channel.PHONE and phone:
        return Way(channel, _("Call us"), _shown(phone), telephone_href(phone), hours_now(at=at))
    if channel == Channel.COUNTER and postal_address():
        return Way(channel, _("Come by"), postal_address())
    if channel == Channel.EMAIL and email:
        return Way(channel, _("Send an e-mail"), email, f"mailto:{email}")
    if channel == Channel.LETTER and postal_address():
        return Way(channel, _("Write a letter"), f"{municipality().name}, {postal_address()}")
    if channel == Channel.VISIT and phone:
        return Way(channel, _("Have somebody come to your home"), _("Call us, and we make an appointment."))
    return None


def _shown(phone: str) -> str:
    try:
        return format_phone_number(normalise_phone_number(phone))
    except NotAPhoneNumber:
        return phone


def _hours(intervals: tuple[tuple[datetime, datetime], ...]) -> str:
    if not intervals:
        return _("closed")
    spans = [
        _("%(from)s to %(until)s") % {"from": spell_time(opens).removesuffix(" uur"), "until": spell_time(closes)}
        for opens, closes in intervals
    ]
    return _(" and ").join(spans)
