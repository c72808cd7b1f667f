"""What the HTML of a mail says of its parts: programs put a quote and a signature in elements of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from aanspreekpunt.intake.channels.email.reading import markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.intake.channels.email.reading.quoting.lines import Line

Said = Literal["new", "quoted", "signature"]

_MOST = 500_000
_DEEPEST = 2_000
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
)
_CLOSED_BY_THEMSELVES = frozenset({"p", "li", "td", "tr", "th", "dd", "dt", "option", "tbody", "thead"})
_QUOTES = (
    *(
        "gmail_quote",
        "gmail_quote_container",
        "yahoo_quoted",
        "moz-cite-prefix",
        "moz-forward-container",
        "protonmail_quote",
    ),
    *("tutanota_quote", "zmail_extra", "olk_src_body_section", "messagereplysection", "ydp_yahoo_quoted", "wmquote"),
    *("ms-outlook-mobile-reference-message", "mail-editor-reference-message-container", "oriquote", "replyquote"),
)
_QUOTES_FROM_HERE = (
    "divrplyfwdmsg",
    "appendonsend",
    "stopspelling",
    "outlookmessageheader",
    "__quoted_text__",
    "replysplit",
)
_SIGNATURES = (
    *(
        "gmail_signature",
        "gmail_signature_prefix",
        "moz-signature",
        "ms-outlook-mobile-signature",
        "applemailsignature",
        "protonmail_signature_block",
    ),
    *("signature", "outlooksignature", "yahoo_signature", "ydpsignature", "tutanota_signature"),
)
_OUTLOOK_BORDER = re.compile(
    r"border:none;border-top:solid#[0-9a-f]{6}1(?:\.0)?pt;padding:3(?:\.0)?pt0(?:in|cm)?0(?:in|cm)?0"
)
_LETTER = re.compile(r"[^\W_]+")
_ADDED_BY_TEXT = re.compile(
    r"(?i)<(?:https?:|mailto:|tel:)[^<>\s]{1,2000}>|\[(?:cid|image|afbeelding|bild):[^\]\n]{0,300}\]"
)


def said_of(lines: Sequence[Line], html: str) -> list[Said | None] | None:
    """Return what the HTML says of each line of the text, or nothing when it says nothing or is another text.

    A line is found by its letters: blanks, signs and addresses of links differ from one form to the other.
    """
    runs = _runs(html[:_MOST]) if len(html) <= _MOST else []
    kinds = {kind for kind, _ in runs}
    if "new" not in kinds or len(kinds) == 1:
        return None
    overlay = _Overlay(runs)
    told = [overlay.lay(line) for line in lines]
    return told if overlay.fits else None


class _Overlay:
    """The letters of the HTML, laid over those of one line after the other; they must be the same to the end."""

    def __init__(self, runs: list[tuple[Said, str]]) -> None:
        self._runs = runs
        self._place = 0
        self._within = 0
        self._differs = False

    @property
    def fits(self) -> bool:
        """Whether the letters were the same, and none are left."""
        return not self._differs and self._place == len(self._runs)

    def lay(self, line: Line) -> Said | None:
        """Lay the next letters over a line, and return of what kind its first are."""
        first: Said | None = None
        for letters in _LETTER.findall(_ADDED_BY_TEXT.sub(" ", line.text)):
            first = first or self._kind()
            self._pass(letters)
        return first

    def _kind(self) -> Said | None:
        return self._runs[self._place][0] if self._place < len(self._runs) else None

    def _pass(self, letters: str) -> None:
        at = 0
        while at < len(letters) and not self._differs:
            run = self._runs[self._place][1] if self._place < len(self._runs) else ""
            count = min(len(letters) - at, len(run) - self._within)
            self._differs = not run or letters[at : at + count] != run[self._within : self._within + count]
            at, self._within = at + count, self._within + count
            if self._within == len(run):
                self._place, self._within = self._place + 1, 0


def _runs(html: str) -> list[tuple[Said, str]]:
    """Return the letters of the HTML, in runs of one kind."""
    reader = _Reader()
    for piece in markup.pieces(html):
        if isinstance(piece, str):
            reader.text(piece)
        elif piece.is_end:
            reader.end(piece.name)
        else:
            reader.begin(piece)
    return [(kind, "".join(letters)) for kind, letters in reader.runs if letters]


class _Reader:
    """Knows within which elements it is."""

    def __init__(self) -> None:
        self.runs: list[tuple[Said, list[str]]] = []
        self._open: list[tuple[str, Said | None]] = []
        self._kinds: list[Said] = []
        self._is_rest = False
        self._unseen = 0

    def begin(self, tag: markup.Tag) -> None:
        """Begin an element."""
        kind = _kind_of(tag)
        self._is_rest |= _is_beginning_of_rest(tag)
        if tag.name == "img":
            self.text(tag.attributes.get("alt", ""))
        if tag.name in _VOID or len(self._open) >= _DEEPEST:
            return
        self._unseen += tag.name in markup.UNSEEN
        self._open.append((tag.name, kind))
        if kind:
            self._kinds.append(kind)

    def end(self, name: str) -> None:
        """End an element and those within it that were not ended; what was never begun is passed over."""
        while self._open:
            last, kind = self._open[-1]
            if last != name and last not in _CLOSED_BY_THEMSELVES and not self._is_open(name):
                return
            self._close(last, kind)
            if last == name:
                return

    def _is_open(self, name: str) -> bool:
        return any(each == name for each, _ in self._open[-20:])

    def _close(self, name: str, kind: Said | None) -> None:
        self._open.pop()
        self._unseen -= name in markup.UNSEEN
        if kind:
            self._kinds.pop()

    def text(self, text: str) -> None:
        """Take the letters of a text."""
        if self._unseen:
            return
        kind: Said = "quoted" if self._is_rest or "quoted" in self._kinds else self._kinds[-1] if self._kinds else "new"
        if not self.runs or self.runs[-1][0] != kind:
            self.runs.append((kind, []))
        self.runs[-1][1].extend(_LETTER.findall(text))


def _kind_of(tag: markup.Tag) -> Said | None:
    if tag.name == "blockquote":
        return "quoted"
    names = _names(tag)
    if any(name.endswith(_QUOTES) for name in names):
        return "quoted"
    return "signature" if any(name in _SIGNATURES or name.removeprefix("x_") in _SIGNATURES for name in names) else None


def _is_beginning_of_rest(tag: markup.Tag) -> bool:
    """Whether all from here on is quoted: Outlook ends what is new with a mark or a border, and opens nothing."""
    if any(name.endswith(_QUOTES_FROM_HERE) for name in _names(tag)):
        return True
    style = tag.attributes.get("style", "").lower()
    return "border-top" in style and bool(_OUTLOOK_BORDER.search("".join(style[:300].split())))


def _names(tag: markup.Tag) -> list[str]:
    """Return by what names an element goes."""
    attributes = (tag.attributes.get(name, "") for name in ("class", "id", "name", "data-marker", "data-smartmail"))
    return [name.lower() for value in attributes for name in value[:300].split()]
