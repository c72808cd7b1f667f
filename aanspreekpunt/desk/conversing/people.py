"""Reading who is on the line from what was typed of him."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.common.phone_numbers import format_phone_number, is_phone_number, normalise_phone_number
from aanspreekpunt.common.postcodes import format_postcode, normalise_postcode
from aanspreekpunt.common.references import is_reference
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.parties.rules import Name, looks_like_email, read_place, split_name
from aanspreekpunt.questions.intake import ANONYMOUS, Customer

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from aanspreekpunt.desk.conversing.fields import Fields
    from aanspreekpunt.parties.models import Party

_HOUSE = re.compile(r"\s*(?P<number>[0-9]{1,5})[\s-]*(?P<addition>[0-9A-Za-z-]{0,8})\s*")


def introduced(fields: Fields) -> Fields:
    """Fill in what was typed in the search field, when nobody was chosen: it says who is on the line after all."""
    who = fields.who.strip()
    if not who or fields.party or fields.anonymous or is_reference(who):
        return fields
    place = read_place(who)
    if is_phone_number(who):
        return fields.having(phone=fields.phone or who)
    if looks_like_email(who):
        return fields.having(email=fields.email or who)
    if place is not None:
        house = f"{place.house_number or ''}{place.house_number_addition}"
        return fields.having(postcode=fields.postcode or place.postcode, house=fields.house or house)
    return fields.having(name=fields.name or who)


def read_customer(fields: Fields, *, party: Party | None) -> tuple[Customer, dict[str, str]]:
    """Return who is on the line, and per field what is wrong with what was typed."""
    if fields.anonymous:
        return ANONYMOUS, {}
    fields = introduced(fields)
    problems: dict[str, str] = {}
    values: dict[str, Any] = {}
    for key, read in _READERS.items():
        typed = getattr(fields, key).strip()
        try:
            values[key] = read(typed) if typed else ""
        except Refusal as refusal:
            problems[key] = str(refusal)
    house = _HOUSE.fullmatch(fields.house)
    if fields.house.strip() and house is None:
        problems["house"] = _("A house number begins with digits, for example 12 or 12a.")
    name = _name(fields, party)
    customer = Customer(
        party=party,
        initials=name.initials,
        first_name=name.first_name,
        infix=name.infix,
        last_name=name.last_name,
        organisation_name=fields.organisation.strip(),
        street=fields.street.strip(),
        city=fields.city.strip(),
        house_number=int(house["number"]) if house else None,
        house_number_addition=house["addition"].upper() if house else "",
        role="representative" if fields.representative else "customer",
        **values,
    )
    return customer, problems


def filled_in_from(party: Party, addresses: dict[str, str], *, fields: Fields) -> Fields:
    """Fill in what we know of the person who was chosen; what was typed of him now stays."""
    phone, email = addresses.get("phone", ""), addresses.get("email", "")
    return fields.having(
        party=party.pk,
        who="",
        anonymous=False,
        remember=False,
        name=_person_name(party),
        organisation=party.organisation_name,
        phone=fields.phone or (format_phone_number(phone) if phone else ""),
        email=fields.email or email,
        postcode=format_postcode(party.postcode) if party.postcode else "",
        house=f"{party.house_number or ''}{party.house_number_addition}",
        street=party.street,
        city=party.city,
    )


def _person_name(party: Party) -> str:
    parts = (party.first_name or party.initials, party.infix, party.last_name)
    return " ".join(part for part in parts if part)


def _name(fields: Fields, party: Party | None) -> Name:
    """Split the name as typed, except when it is the name we know: that one is known in its parts."""
    if party is not None and fields.name.strip() == _person_name(party):
        return Name(party.initials, party.first_name, party.infix, party.last_name)
    return split_name(fields.name)


class NotAnEmailAddress(Refusal):
    """What was entered is not an e-mail address."""

    message = gettext_lazy("This is not an e-mail address. It has an @ in it, for example name@example.nl.")


def _read_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise NotAnEmailAddress from None
    return text.lower()


_READERS: dict[str, Callable[[str], str]] = {
    "phone": normalise_phone_number,
    "email": _read_email,
    "postcode": normalise_postcode,
}
