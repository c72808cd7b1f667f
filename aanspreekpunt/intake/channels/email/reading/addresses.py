"""Lists of addresses, as the standards have them and as they are really sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from aanspreekpunt.intake.channels.email.reading import limits, words
from aanspreekpunt.intake.channels.email.reading.cleaning import TURNING, one_line
from aanspreekpunt.intake.channels.email.reading.mail import Address

LONGEST = 998
SPECIAL = frozenset('"(<>,;:\\')


@dataclass(slots=True)
class _Entry:
    """One entry while it is read: what stands outside brackets, within them, and in comments."""

    outside: list[str] = field(default_factory=list)
    inside: str | None = None
    comments: list[str] = field(default_factory=list)
    is_quoted: bool = False
    has_at: bool = False

    def is_empty(self) -> bool:
        return self.inside is None and not "".join(self.outside).strip()


def parse(value: str, hint: str = "") -> tuple[Address, ...]:
    """Give the addresses in a header; members of groups stand among the others, an empty group gives none."""
    found: list[Address] = []
    surname = ""
    for entry in _Reader(value).entries():
        address = _address(entry, hint)
        if not address.email and address.name and not entry.is_quoted and entry.inside is None:
            again = _again(address.name) if "@" in address.name else ()
            if not again:
                surname = f"{surname}, {address.name}" if surname else address.name
                continue
            found += again
        elif surname and address.email and entry.inside is not None:
            found.append(Address(f"{surname}, {address.name}" if address.name else surname, address.email))
        else:
            found += [Address(surname, "")] if surname else []
            found += [address] if address.name or address.email else []
        surname = ""
        if len(found) >= limits.ADDRESSES:
            return tuple(found[: limits.ADDRESSES])
    return (*found, Address(surname, "")) if surname else tuple(found)


def _again(decoded: str) -> tuple[Address, ...]:
    """Read an address that stood whole within encoded words."""
    return tuple(entry for entry in parse(decoded) if entry.email) if "<" in decoded else ()


def _address(entry: _Entry, hint: str) -> Address:
    outside = "".join(entry.outside).strip()
    comment = " ".join(entry.comments)
    if entry.inside is not None:
        email = _email(entry.inside, hint)
        name = _name(outside, hint) or _name(comment, hint)
        if "@" not in email and "@" in name and " " not in name:  # a@b.nl <>
            return Address("", _email(name, hint)) if not email else Address(name, email)
        return Address("" if name == email else name, email)
    if "@" in outside and (entry.is_quoted or "=?" not in outside):
        return _bare(outside, comment, hint)
    name = _name(outside, hint)
    if "@" in name and "<" not in name and " " not in name:
        return Address(_name(comment, hint), _email(name, hint))
    return Address(name or _name(comment, hint), "")


def _bare(outside: str, comment: str, hint: str) -> Address:
    """Read an address without brackets, perhaps with its name before or behind it."""
    pieces = outside.split()
    with_at = [piece for piece in pieces if "@" in piece[1:-1]]
    if len(pieces) == 1 or len(with_at) != 1 or outside.startswith('"'):
        return Address(_name(comment, hint), _email(outside, hint))
    others = " ".join(piece for piece in pieces if piece is not with_at[0])
    return Address(_name(others, hint) or _name(comment, hint), _email(with_at[0], hint))


def _name(text: str, hint: str) -> str:
    name = TURNING.sub("", one_line(words.decoded(text, hint)))
    name = " ".join(name.split())
    for quote in ('"', "'"):
        if len(name) > 1 and name[0] == quote == name[-1]:
            name = name[1:-1].strip()
    return name[:LONGEST]


def _email(text: str, hint: str) -> str:
    """Make of an address as written what mail can be sent to: no route, no spaces, no quotes around."""
    email = TURNING.sub("", one_line(words.decoded(text, hint)))
    if not email.startswith('"'):
        email = without_comments(email)
    if email.startswith("@") and ":" in email:
        email = email.rpartition(":")[2]
    if email[:7].lower() == "mailto:":
        email = email[7:]
    if not email.startswith('"'):
        email = "".join(email.split())
    email = email.strip("<>").strip("'").rstrip(".,;")[:LONGEST]
    return "" if ":@" in email else email  # a group that lost its end, as `Undisclosed:@example.org`


def without_comments(text: str) -> str:
    """Take out what stands in round brackets, also within each other."""
    if "(" not in text:
        return text
    depth, kept = 0, []
    for character in text:
        depth += character == "("
        if not depth:
            kept.append(character)
        depth = max(depth - (character == ")"), 0)
    return "".join(kept)


class _Reader:
    """Goes through a header once, character by character, and gives its entries."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.at = 0
        self.entry = _Entry()
        self.done: list[_Entry] = []
        self.closes = True

    def entries(self) -> list[_Entry]:
        """Give all entries, up to somewhat more than will be used."""
        while self.at < len(self.value) and len(self.done) <= limits.ADDRESSES * 2:
            character = self.value[self.at]
            if character in SPECIAL:
                self._special(character)
            else:
                self._plain()
        self._finish()
        return self.done

    def _plain(self) -> None:
        end = self.at
        while end < len(self.value) and self.value[end] not in SPECIAL:
            end += 1
        text = self.value[self.at : end]
        if self.entry.inside is not None and "@" in text:
            self._finish()  # a comma was forgotten
        self.entry.outside.append(text)
        self.entry.has_at = self.entry.has_at or "@" in text
        self.at = end

    def _special(self, character: str) -> None:
        if character == '"':
            self._quoted()
        elif character == "(":
            self._comment()
        elif character == "<":
            self._brackets()
        elif character in ",;":
            self.at += 1
            self._finish()
        elif character == ":":
            self._colon()
        else:
            self.at += 1
            if character == "\\" and self.at < len(self.value):
                self.entry.outside.append(self.value[self.at])
                self.at += 1

    def _quoted(self) -> None:
        end, text = self._until('"', self.at + 1)
        if end < 0:  # never closed: the quote is a character like others
            self.at += 1
            return
        is_local_part = self.value[end : end + 1] == "@"
        self.entry.outside.append(f'"{text}"' if is_local_part else text)
        self.entry.is_quoted = True
        self.entry.has_at = self.entry.has_at or "@" in text
        self.at = end

    def _until(self, close: str, at: int) -> tuple[int, str]:
        """Read up to a closing character, with what a backslash protects; -1 when it never comes."""
        read: list[str] = []
        while at < len(self.value):
            character = self.value[at]
            if character == "\\" and at + 1 < len(self.value):
                read.append(self.value[at + 1])
                at += 2
                continue
            if character == close:
                return at + 1, "".join(read)
            read.append(character)
            at += 1
        return -1, ""

    def _comment(self) -> None:
        depth, at, read = 1, self.at + 1, list[str]()
        while self.closes and at < len(self.value) and depth:
            character = self.value[at]
            if character == "\\" and at + 1 < len(self.value):
                at += 1
                character = self.value[at]
            else:
                depth += (character == "(") - (character == ")")
            if depth:
                read.append(character)
            at += 1
        if depth:  # never closed: the bracket is a character like others
            self.closes = False
            self.at += 1
            return
        self.entry.comments.append("".join(read))
        self.at = at

    def _brackets(self) -> None:
        if self.entry.inside is not None:
            if self.entry.inside.strip():
                self._forgotten_comma()
            else:
                self.entry.inside = None
        close = self.value.find(">", self.at)
        another = self.value.find("<", self.at + 1)
        if another == self.at + 1:  # <<a@b.nl>>
            self.at += 1
            return
        if close < 0 or 0 <= another < close:
            close = self._end_without_bracket()
        self.entry.inside = self.value[self.at + 1 : close]
        self.at = close + 1 if self.value[close : close + 1] == ">" else close

    def _end_without_bracket(self) -> int:
        ends = [end for mark in ",;<\n" if (end := self.value.find(mark, self.at + 1)) >= 0]
        return min(ends, default=len(self.value))

    def _forgotten_comma(self) -> None:
        """Take what follows an address in brackets, before other brackets, as the name of the next one."""
        behind = self.entry.outside
        before = behind[:1] if len(behind) > 1 else behind
        rest = behind[1:] if len(behind) > 1 else []
        self.entry.outside = before
        self._finish()
        self.entry.outside = rest
        self.entry.has_at = any("@" in piece for piece in rest)

    def _colon(self) -> None:
        """Begin a group at a colon behind a name, which is not an address then; elsewhere it is a character."""
        self.at += 1
        begins = self.entry.inside is None and not self.entry.has_at
        if begins and "".join(self.entry.outside).strip().lower() != "mailto":
            self.entry = _Entry()
        else:
            self.entry.outside.append(":")

    def _finish(self) -> None:
        spaced = " ".join("".join(self.entry.outside).split())
        pieces = spaced.replace(" . ", ".").replace(" @ ", "@").split()
        if self.entry.inside is None and not self.entry.is_quoted and pieces:
            self.entry.outside = [" ".join(pieces)]
            if len(pieces) > 1 and all("@" in piece[1:-1] for piece in pieces):
                self.done += [_Entry(outside=[piece]) for piece in pieces[:-1]]  # with only spaces between them
                self.entry.outside = [pieces[-1]]
        if not self.entry.is_empty():
            self.done.append(self.entry)
        self.entry = _Entry()
