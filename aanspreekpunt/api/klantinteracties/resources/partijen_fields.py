"""The fields of a party: those that all have, and those by which each kind of party says who it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Choice,
    Day,
    Digits,
    Field,
    Fields,
    Group,
    Identity,
    Many,
    Ref,
    Shown,
    Text,
    YesNo,
    object_schema,
    wrong,
)
from aanspreekpunt.api.klantinteracties.resources.partij_identificatoren import FIELDS as IDENTIFIER_FIELDS
from aanspreekpunt.api.klantinteracties.resources.partijen_shown import KINDS
from aanspreekpunt.api.klantinteracties.resources.postal import postal

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.fields.plain import Schema

_ADDRESS: Final = Ref(part="DigitaalAdresForeignKey")
_ACCOUNT: Final = Ref(part="RekeningnummerForeignKey")
_CATEGORY: Final = Ref(
    part="CategorieRelatieForeignKey",
    extra={
        "categorieNaam": Shown(described_as={"type": "string", "nullable": True}),
        "beginDatum": Day(nullable=True),
        "eindDatum": Day(nullable=True),
    },
)

COMMON: Final[Fields] = {
    "uuid": UUID_FIELD,
    "url": URL_FIELD,
    "nummer": Digits(max_length=10, nullable=True, deprecated=True, about="Nummer waarmee mensen de partij aanduiden."),
    "interneNotitie": Text(max_length=1000, about="Wat de gemeente intern over de partij noteert."),
    "betrokkenen": Many(of=Ref(part="BetrokkeneForeignKey"), read_only=True, about="Waar de partij betrokken was."),
    "categorieRelaties": Many(of=_CATEGORY, read_only=True, about="De categorieën waartoe de partij hoort."),
    "digitaleAdressen": Many(of=_ADDRESS, nullable=True, about="De digitale adressen van de partij."),
    "voorkeursDigitaalAdres": Ref(
        part="DigitaalAdresForeignKey", nullable=True, about="Het adres waarop de partij het liefst bereikt wordt."
    ),
    "vertegenwoordigden": Many(
        of=Ref(part="PartijForeignKey"), read_only=True, about="De partijen die deze partij vertegenwoordigt."
    ),
    "rekeningnummers": Many(of=_ACCOUNT, nullable=True, about="De rekeningnummers van de partij."),
    "voorkeursRekeningnummer": Ref(
        part="RekeningnummerForeignKey", nullable=True, about="De rekening die de partij het liefst gebruikt."
    ),
    "partijIdentificatoren": Many(
        of=Group(part="PartijIdentificator", fields=IDENTIFIER_FIELDS),
        nullable=True,
        about="De nummers waaronder andere registers de partij kennen.",
    ),
    "soortPartij": Choice(options=tuple(KINDS), part="SoortPartijEnum", required=True, about="Wat voor partij het is."),
    "indicatieGeheimhouding": YesNo(nullable=True, about="Of de gegevens geheim zijn; null als dat niet bekend is."),
    "voorkeurstaal": Text(max_length=3, about="Taal volgens ISO 639-2/B, bijvoorbeeld: dut."),
    "indicatieActief": YesNo(required=True, about="Of de gegevens nog gebruikt mogen worden."),
    "bezoekadres": postal("PartijBezoekadres", about="Waar de partij bezocht wil worden."),
    "correspondentieadres": postal("PartijCorrespondentieadres", about="Waar de partij post wil ontvangen."),
}
"""What every party has."""

_NAME: Final[Fields] = {
    "voorletters": Text(max_length=10, about="Voorletters."),
    "voornaam": Text(max_length=200, about="Voornaam."),
    "voorvoegselAchternaam": Text(max_length=10, about="Voorvoegsel van de achternaam."),
    "achternaam": Text(max_length=200, about="Achternaam."),
}
_FULL_NAME: Final = Shown(described_as={"type": "string"}, about="De naam zoals men die zegt.")


def _named(part: str) -> Group:
    return Group(part=part, fields=_NAME, nullable=True, about="De naam in contact met de gemeente.")


IDENTITIES: Final[dict[str, Fields]] = {
    "contactpersoon": {
        "uuid": Identity(about="Unieke (technische) identificatiecode van de contactpersoon."),
        "werkteVoorPartij": Ref(part="PartijPolymorphic", nullable=True, about="De organisatie van wie men spreekt."),
        "contactnaam": _named("ContactpersoonPersoon"),
        "volledigeNaam": _FULL_NAME,
    },
    "persoon": {"contactnaam": _named("PersoonContact"), "volledigeNaam": _FULL_NAME},
    "organisatie": {"naam": Text(max_length=200, about="Naam van de organisatie.")},
}
"""Who each kind of party is."""


class _Identity(Field):
    """Who a party is, which depends on its kind, so that the resource checks it."""

    def check(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise wrong("invalid", _("Expected an object."), NON_FIELD)
        return value

    def schema(self) -> Schema:
        return {"type": "object"}


FIELDS: Final[Fields] = {**COMMON, "partijIdentificatie": _Identity(nullable=True)}
"""Everything that is taken."""


def identity_schema(fields: Fields) -> Schema:
    """Return the schema of who one kind of party is."""
    return object_schema(fields)
