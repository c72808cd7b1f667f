"""The numbers of other registers: how the standard names them in four codes, which all follow from their kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import invalid
from aanspreekpunt.api.klantinteracties.contract.fields import Choice, Fields, Group, Text
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Kind, Where
from aanspreekpunt.common.sealing import keyed_hash
from aanspreekpunt.parties.models import PartyIdentifier
from aanspreekpunt.parties.operations import checked_number
from aanspreekpunt.parties.refusals import NotAnIdentifier

if TYPE_CHECKING:
    from collections.abc import Callable

OBJECT_TYPES: Final = {
    "bsn": "natuurlijk_persoon",
    "kvk_nummer": "niet_natuurlijk_persoon",
    "rsin": "niet_natuurlijk_persoon",
    "vestigingsnummer": "vestiging",
}
"""Of each kind of number, what it identifies."""

REGISTERS: Final = {
    "natuurlijk_persoon": "brp",
    "niet_natuurlijk_persoon": "hr",
    "vestiging": "hr",
}
"""Of each thing that is identified, which register does it."""

_CODE: Final = "partijIdentificator"
_ABOUT: Final = {
    "codeObjecttype": "Wat het nummer identificeert, bijvoorbeeld: 'natuurlijk_persoon'.",
    "codeRegister": "Het register dat het nummer uitgeeft, bijvoorbeeld: 'brp'.",
    "codeSoortObjectId": "Het soort nummer, bijvoorbeeld: 'bsn'.",
    "objectId": "Het nummer zelf.",
}

_FIELDS: Final[Fields] = {
    "codeObjecttype": Choice(
        options=tuple(REGISTERS), part="CodeObjecttypeEnum", required=True, about=_ABOUT["codeObjecttype"]
    ),
    "codeSoortObjectId": Choice(
        options=tuple(OBJECT_TYPES), part="CodeSoortObjectIdEnum", required=True, about=_ABOUT["codeSoortObjectId"]
    ),
    "objectId": Text(max_length=200, required=True, blank=False, about=_ABOUT["objectId"]),
    "codeRegister": Choice(options=("brp", "hr"), part="CodeRegisterEnum", required=True, about=_ABOUT["codeRegister"]),
}
NUMBER_FIELD: Final = Group(
    part="PartijIdentificatorGroepType",
    fields=_FIELDS,
    is_whole=True,
    required=True,
    about="Het nummer waaronder een ander register de partij kent.",
)
"""The field that names a number by its four codes."""


def kind_of_codes(codes: dict[str, str], *, field: str = "") -> str:
    """Return the kind of number that these codes name; refused when they contradict each other.

    `field` is where they stand in the request, for the errors.
    """
    thing, kind, register = codes["codeObjecttype"], codes["codeSoortObjectId"], codes["codeRegister"]
    if REGISTERS[thing] != register:
        raise _contradicted(f"{field}{_CODE}CodeObjecttype", "codeRegister", register)
    if OBJECT_TYPES[kind] != thing:
        raise _contradicted(f"{field}{_CODE}CodeSoortObjectId", "codeObjecttype", thing)
    return kind


def kind_and_number(codes: dict[str, str], *, field: str = "") -> tuple[str, str]:
    """Return the kind of number that these codes name, and the number; refused when it cannot be one of this kind."""
    kind = kind_of_codes(codes, field=field)
    try:
        return kind, checked_number(kind, codes["objectId"])
    except NotAnIdentifier as refusal:
        raise invalid(f"{field}{_CODE}ObjectId", str(refusal)) from refusal


def number_shown(kind: str, number: str) -> dict[str, str]:
    """Return a number as the standard shows it."""
    thing = OBJECT_TYPES[kind]
    return {
        "codeObjecttype": thing,
        "codeSoortObjectId": kind,
        "objectId": number,
        "codeRegister": REGISTERS[thing],
    }


def number_filters(prefix: str, *, within: str, table: str = "i", around: str = "{}") -> dict[str, Filter]:
    """Return the filters on the four codes, as words, of the number in `table`; `around` goes around each condition."""
    return {
        f"{prefix}__{name}": Filter(where=_within(around, where), within=within, about=_ABOUT[name])
        for name, where in _conditions(table).items()
    }


def own_number_filters(prefix: str, table: str) -> dict[str, Filter]:
    """Return the filters on the four codes, each of the words that are possible, of the numbers in a list itself."""
    options = {
        "codeObjecttype": tuple(REGISTERS),
        "codeRegister": ("brp", "hr"),
        "codeSoortObjectId": tuple(OBJECT_TYPES),
    }
    return {
        f"{prefix}{name[0].upper()}{name[1:]}": Filter(
            kind=Kind.CHOICE if name in options else Kind.TEXT,
            options=options.get(name, ()),
            where=where,
            about=_ABOUT[name],
        )
        for name, where in _conditions(table).items()
    }


def _conditions(table: str) -> dict[str, Callable[[Any], Where]]:
    """Return per code what it asks of the row in `table`; a number is found by its keyed hash under every kind."""

    def of_kinds(kinds: list[str]) -> Where:
        return Where(f"{table}.kind = ANY(%s)", (kinds,), kept=("kind", tuple(kinds)))

    def numbered(number: str) -> Where:
        hashes = [keyed_hash(number, purpose=kind) for kind in PartyIdentifier.Kind.values]
        return Where(f"{table}.fingerprint = ANY(%s)", (hashes,), is_search=True)

    return {
        "codeObjecttype": lambda code: of_kinds([kind for kind, thing in OBJECT_TYPES.items() if thing == code]),
        "codeRegister": lambda code: of_kinds(
            [kind for kind, thing in OBJECT_TYPES.items() if REGISTERS[thing] == code]
        ),
        "codeSoortObjectId": lambda code: of_kinds([code]),
        "objectId": numbered,
    }


def _within(around: str, where: Callable[[Any], Where]) -> Callable[[Any], Where]:
    def wrapped(value: Any) -> Where:
        inside = where(value)
        return replace(inside, sql=around.format(inside.sql), kept=None)

    return wrapped


def _contradicted(name: str, by: str, value: str) -> Exception:
    reason = _("This code does not go with %(code)s “%(value)s”.") % {"code": by, "value": value}
    return invalid(name, reason)
