"""Postal addresses of the standard: the same ten parts wherever somebody or something has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Fault
from aanspreekpunt.api.klantinteracties.contract.fields import Group, Text, Whole
from aanspreekpunt.common.postcodes import format_postcode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aanspreekpunt.api.klantinteracties.contract.fields import Fields

LINES: Final = ("adresregel1", "adresregel2", "adresregel3")
PARTS: Final = {
    "nummeraanduidingId": "address_id",
    "straatnaam": "street",
    "huisnummer": "house_number",
    "huisnummertoevoeging": "house_number_addition",
    "postcode": "postcode",
    "stad": "city",
    "land": "country",
}
"""How the standard calls the parts, and our columns; the three lines stand together in `address_lines`."""

COLUMNS: Final = (*PARTS.values(), "address_lines")
"""The columns that `postal_shown` reads, in this order."""

_LENGTH_OF_A_POSTCODE = 6
_CODES: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
    "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
    "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
    "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
_COUNTRIES: Final = frozenset(_CODES.split())
"""The codes of ISO 3166-1 alpha-2."""


@dataclass(frozen=True, kw_only=True)
class _Country(Text):
    """A country by its code of two capitals."""

    def faults_of(self, text: str) -> Iterator[Fault]:
        yield from super().faults_of(text)
        if text not in _COUNTRIES:
            yield Fault("", "invalid", _("Enter a country code of ISO 3166 in capitals, for example NL."))


_FIELDS: Final[Fields] = {
    "nummeraanduidingId": Text(
        max_length=16, pattern=r"^[0-9]{16}$", about="Nummeraanduiding van het adres in de BAG."
    ),
    "straatnaam": Text(max_length=255, about="Straatnaam."),
    "huisnummer": Whole(minimum=1, maximum=99999, nullable=True, about="Huisnummer."),
    "huisnummertoevoeging": Text(max_length=20, about="Huisletter of toevoeging."),
    "postcode": Text(max_length=7, pattern=r"^[1-9][0-9]{3} [A-Z]{2}$", about="Postcode, bijvoorbeeld: 1234 AB."),
    "stad": Text(max_length=255, about="Plaats."),
    **{line: Text(max_length=80, about="Regel van een adres dat niet in de BAG staat.") for line in LINES},
    "land": _Country(min_length=2, max_length=2, about="Landcode volgens ISO 3166 alpha-2."),
}


def postal(part: str, *, about: str) -> Group:
    """Return the field that holds a postal address; `part` is how the document calls it."""
    return Group(part=part, fields=_FIELDS, nullable=True, about=about)


def postal_told(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what our columns hold of an address; what was not said of it is empty, as is all of it for None."""
    said = given or {}
    told: dict[str, Any] = {column: said.get(name) or "" for name, column in PARTS.items()}
    told["house_number"] = said.get("huisnummer")
    told["postcode"] = "".join(told["postcode"].split())
    lines = [said.get(line) or "" for line in LINES]
    return {**told, "address_lines": lines if any(lines) else []}


def postal_shown(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return an address as the standard shows it, from our columns by their names; what is absent is empty."""
    kept = held.get("postcode") or ""
    lines = held.get("address_lines") or ["", "", ""]
    return {
        "nummeraanduidingId": held.get("address_id") or "",
        "straatnaam": held.get("street") or "",
        "huisnummer": held.get("house_number"),
        "huisnummertoevoeging": held.get("house_number_addition") or "",
        "postcode": format_postcode(kept) if len(kept) == _LENGTH_OF_A_POSTCODE else kept,
        "stad": held.get("city") or "",
        **dict(zip(LINES, lines, strict=False)),
        "land": held.get("country") or "",
    }
