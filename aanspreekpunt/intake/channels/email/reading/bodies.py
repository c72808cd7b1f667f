"""Which parts of a mail are its text, its HTML and its files: RFC 8621 (4.1.4), as mail programs have it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aanspreekpunt.intake.channels.email.reading.parts import Part

TEXTS = frozenset({"text/plain", "text/html"})


@dataclass(slots=True)
class Bodies:
    """The parts of a mail by the place they get; pictures within the text stand among the files too."""

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    inline: set[int] = field(default_factory=set)
    """The identities of files that belong within the text."""


def choose(root: Part) -> Bodies:
    """Give each part its place."""
    found = Bodies()
    _Walk(found).go([root], "mixed", text=True, html=True, is_alternative=False)
    return found


def is_media(part: Part) -> bool:
    """Say whether this is a picture, sound or film."""
    return part.content_type.startswith(("image/", "audio/", "video/"))


def named(part: Part) -> str:
    """Give the file name of a part, or ""."""
    return part.disposition_parameters.get("filename") or part.type_parameters.get("name", "")


class _Walk:
    """Goes through the tree; `text` and `html` say which of the two still takes parts."""

    def __init__(self, found: Bodies) -> None:
        self.found = found

    def go(self, parts: list[Part], kind: str, *, text: bool, html: bool, is_alternative: bool) -> None:
        """Place the parts of one multipart."""
        texts, htmls = len(self.found.text), len(self.found.html)
        for number, part in enumerate(parts):
            if part.is_multipart:
                sub = part.content_type.partition("/")[2]
                within = is_alternative or sub == "alternative"
                self.go(part.children, sub, text=text, html=html, is_alternative=within)
            elif not _is_shown(part, number, kind):
                self._file(part, kind)
            elif kind == "alternative":
                self._alternative(part, text=text, html=html)
            else:
                if is_alternative and part.content_type == "text/plain":
                    html = False
                if is_alternative and part.content_type == "text/html":
                    text = False
                self._place(part, text=text, html=html)
        if kind == "alternative" and text and html:
            self._even(texts, htmls)

    def _alternative(self, part: Part, *, text: bool, html: bool) -> None:
        if part.content_type == "text/plain" and text:
            self.found.text.append(part)
        elif part.content_type == "text/html" and html:
            self.found.html.append(part)
        else:
            self._file(part, "alternative")

    def _place(self, part: Part, *, text: bool, html: bool) -> None:
        if is_media(part):
            self.found.inline.add(id(part))
            self.found.files.append(part)
            return
        if text:
            self.found.text.append(part)
        if html:
            self.found.html.append(part)

    def _file(self, part: Part, kind: str) -> None:
        if part.disposition != "attachment" and (kind == "related" or part.disposition == "inline"):
            self.found.inline.add(id(part))
        self.found.files.append(part)

    def _even(self, texts: int, htmls: int) -> None:
        """With only one of the two among the alternatives, it serves for both."""
        if len(self.found.text) == texts:
            self.found.text += self.found.html[htmls:]
        elif len(self.found.html) == htmls:
            self.found.html += self.found.text[texts:]


def _is_shown(part: Part, number: int, kind: str) -> bool:
    if part.disposition not in {"", "inline"} or not (part.content_type in TEXTS or is_media(part)):
        return False
    return number == 0 or (kind != "related" and (is_media(part) or not named(part)))
