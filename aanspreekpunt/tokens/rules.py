"""Rights as a token holds them: `contacts.read`, and the short way to write them on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS: Final = {"r": "read", "w": "write", "d": "delete"}
EVERYTHING: Final = "everything"


class RightIsUnreadable(ValueError):
    """A right names something that does not exist."""


def right(resource: str, verb: str) -> str:
    """Name the right to do `verb` with `resource`."""
    return f"{resource}.{verb}"


def all_rights(resources: Iterable[str], verbs: Iterable[str]) -> list[str]:
    """Name every right there is, resource by resource."""
    each = list(verbs)
    return [right(resource, verb) for resource in resources for verb in each]


def rights_said(said: Iterable[str], *, resources: Iterable[str]) -> list[str]:
    """Read rights as one types them: `contacts=rw` or `everything=r`; raises `RightIsUnreadable` with the part."""
    known = list(resources)
    found: set[str] = set()
    for part in said:
        name, _, letters = part.partition("=")
        if (name not in known and name != EVERYTHING) or not letters or set(letters) - set(LETTERS):
            raise RightIsUnreadable(part)
        verbs = [LETTERS[letter] for letter in letters]
        found.update(all_rights(known if name == EVERYTHING else [name], verbs))
    return [each for each in all_rights(known, LETTERS.values()) if each in found]


def rights_shown(rights: Iterable[str], *, resources: Iterable[str]) -> list[str]:
    """Write rights as one types them, `contacts=rw`; everything together when that is shorter."""
    held, known = set(rights), list(resources)
    letters = {name: "".join(letter for letter, verb in LETTERS.items() if right(name, verb) in held) for name in known}
    if len(set(letters.values())) == 1:
        return [f"{EVERYTHING}={letters[known[0]]}"] if letters[known[0]] else []
    return [f"{name}={some}" for name, some in letters.items() if some]
