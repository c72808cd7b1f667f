"""Names and addresses of people: how they are folded, sorted and recognised in what somebody types. Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aanspreekpunt.common.folding import fold
from aanspreekpunt.common.phone_numbers import normalise_phone_number
from aanspreekpunt.common.refusals import NotAPhoneNumber

_INFIXES = frozenset(
    {
        *("aan", "aan de", "aan den", "aan der", "aan het", "aan 't", "bij", "bij de", "bij den", "d'"),
        *("da", "dal", "de", "de la", "de l'", "de van der", "del", "della", "den", "der", "des", "di", "do"),
        *("dos", "du", "el", "het", "in", "in de", "in den", "in der", "in het", "in 't", "la", "las", "le", "les"),
        *("lo", "los", "onder", "onder de", "onder den", "onder het", "onder 't", "op", "op de", "op den"),
        *("op der", "op het", "op 't", "op ten", "over", "over de", "over het", "'s", "'t", "te", "ten", "ter"),
        *("tho", "thoe", "thor", "toe", "tot", "uit", "uit de", "uit den", "uit het", "uit 't", "uit te de"),
        *("uit ten", "uijt", "van", "van de", "van de l'", "van den", "van der", "van het", "van la", "van 't"),
        *("van ter", "van van de", "vom", "von", "von dem", "von den", "von der", "voor", "voor de", "voor den"),
        *("voor in 't", "vor", "vor der", "zu", "zum", "zur"),
    }
)
_LONGEST_INFIX_WORDS = 3
_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.)+|[A-Z]{1,4}")
_ADDRESS = re.compile(
    r"\s*(?P<postcode>[1-9][0-9]{3}\s?[A-Za-z]{2})(?:[\s,]*(?P<number>[0-9]{1,5})(?P<addition>[\s-]*[0-9A-Za-z-]{1,8})?)?\s*"
)
_EMAIL_BEGINNING = re.compile(r"[^\s@]+@[^\s@]*")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a person's name."""

    initials: str = ""
    first_name: str = ""
    infix: str = ""
    last_name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode as we keep it ("1234AB") and, when given, a house number with its addition."""

    postcode: str
    house_number: int | None = None
    house_number_addition: str = ""


def sort_key(
    *, initials: str = "", first_name: str = "", infix: str = "", last_name: str = "", organisation_name: str = ""
) -> str:
    """Return where a name stands in a list, as Dutch directories sort: "Karel van Deurne" under deurne.

    Last name first, then first name or initials, then the infix. An infix typed as part of the last name counts as one.
    """
    if not infix:
        infix, last_name = split_infix(last_name)
    person = " ".join(fold(part) for part in (last_name, first_name or initials, infix) if fold(part))
    organisation = fold(organisation_name)
    return f"{organisation} {person}".strip() if organisation else person


def split_infix(last_name: str) -> tuple[str, str]:
    """Split "van der Berg" into "van der" and "Berg"; a last name that is nothing but an infix stays whole."""
    words = last_name.split()
    for count in range(min(_LONGEST_INFIX_WORDS, len(words) - 1), 0, -1):
        if _is_infix(words[:count]):
            return " ".join(words[:count]), " ".join(words[count:])
    return "", last_name.strip()


def split_name(text: str) -> Name:
    """Split a name as one says it, "Karel van Deurne" or "K. van Deurne", into its parts.

    A single word is taken for a last name: that is how callers introduce themselves.
    """
    words = text.split()
    for begin in range(len(words) - 1):
        infix, last_name = split_infix(" ".join(words[begin:]))
        if infix:
            return _with_first(words[:begin], infix=infix, last_name=last_name)
    return _with_first(words[:-1], infix="", last_name=" ".join(words[-1:]))


def search_words(text: str) -> list[str]:
    """Return the words of a name to look for, without infixes, because many leave those out."""
    words = fold(text).split()
    telling = [word for word in words if word not in _INFIX_WORDS]
    return telling or words


def read_place(text: str) -> Place | None:
    """Read "1234 AB 12", "1234ab12a" or a postcode alone; None when it is not one."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    number = int(found["number"]) if found["number"] else None
    addition = (found["addition"] or "").strip(" -").upper()
    return Place("".join(found["postcode"].split()).upper(), number, addition)


def looks_like_email(text: str) -> bool:
    """Tell whether this is the beginning of an e-mail address."""
    return bool(_EMAIL_BEGINNING.fullmatch(text.strip()))


def normal_address(kind: str, as_given: str) -> str:
    """Return the form by which an address is found: E.164 for a phone number, lower case for e-mail; never refuses."""
    text = as_given.strip()
    if kind == "email":
        return text.lower()
    if kind == "phone":
        try:
            return normalise_phone_number(text)
        except NotAPhoneNumber:
            return "".join(text.split())
    return text


def normal_addresses(text: str) -> list[str]:
    """Return every form under which this text may be kept, whatever kind of address it is."""
    return list(dict.fromkeys(normal_address(kind, text) for kind in ("other", "email", "phone")))


def mask_phone(number: str) -> str:
    """Show the last three digits of a phone number: enough to recognise it, not to ring it."""
    return f"••• {number[-3:]}" if number else ""


def mask_email(address: str) -> str:
    """Show the first letter and the domain of an e-mail address: k•••@example.org."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if at else ""


def mask_identifier(number: str) -> str:
    """Show the last three digits of a number that identifies somebody."""
    return "•" * max(len(number) - 3, 0) + number[-3:]


def _with_first(words: list[str], *, infix: str, last_name: str) -> Name:
    if words and all(_INITIALS.fullmatch(word) for word in words):
        return Name(initials=" ".join(words), infix=infix, last_name=last_name)
    return Name(first_name=" ".join(words), infix=infix, last_name=last_name)


def _is_infix(words: list[str]) -> bool:
    return fold(" ".join(words)) in _FOLDED_INFIXES


_FOLDED_INFIXES = frozenset(fold(infix) for infix in _INFIXES)
_INFIX_WORDS = frozenset(word for infix in _FOLDED_INFIXES for word in infix.split())
