"""Letter paper: a letter is a list of blocks, put on paper twice, as plain text and as HTML for any mail program.

Mail programs know no style sheets of ours, so the few styles stand with the elements; only what dark screens need
stands in the head, for programs that know of them. Nothing is fetched from anywhere. Everything is escaped here.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from django.utils.html import escape

from aanspreekpunt.common.colours import WHITE, Colour, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH: Final = 76
INK: Final = Colour(27, 27, 27)
NIGHT: Final = Colour(27, 27, 27)
"""What text stands on where screens are dark."""
CHALK: Final = Colour(242, 242, 242)
BLUE: Final = Colour(0, 80, 150)
SKY: Final = Colour(140, 190, 255)
_BODY: Final = (
    "font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5; max-width: 640px; margin: 0 auto;"
    f" padding: 16px; color: {INK}; background-color: {WHITE}"
)
_QUOTE: Final = "margin: 16px 0; padding: 0 0 0 16px; border-left: 4px solid #767676; white-space: pre-line"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a letter, each readable where it stands; by itself in no colour but that of ink."""

    accent: Colour = INK
    link: Colour = BLUE
    accent_by_night: Colour = CHALK
    link_by_night: Colour = SKY

    @classmethod
    def of(cls, *, accent: Colour | None, link: Colour | None) -> Look:
        """Return the look with these colours of a theme, as near to them as can be read."""
        plain = cls()
        return cls(
            accent=readable(accent or plain.accent, on=WHITE),
            link=readable(link or plain.link, on=WHITE),
            accent_by_night=readable(accent, on=NIGHT) if accent else plain.accent_by_night,
            link_by_night=readable(link, on=NIGHT) if link else plain.link_by_night,
        )

    @property
    def by_night(self) -> str:
        """The style for dark screens."""
        return (
            "@media (prefers-color-scheme: dark) {"
            f" body {{ color: {CHALK} !important; background-color: {NIGHT} !important; }}"
            f" h1, h2 {{ color: {self.accent_by_night} !important; border-color: {self.accent_by_night} !important; }}"
            f" a {{ color: {self.link_by_night} !important; }}"
            " }"
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above a part of the letter."""

    words: str

    def as_text(self) -> str:
        return f"{self.words.upper()}"

    def as_html(self, look: Look) -> str:
        return f'<h2 style="font-size: 20px; margin: 24px 0 8px; color: {look.accent}">{escape(self.words)}</h2>'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences of ours."""

    words: str

    def as_text(self) -> str:
        return "\n".join(wrap(self.words, _WIDTH, break_long_words=False, break_on_hyphens=False))

    def as_html(self, _look: Look) -> str:
        return f"<p>{escape(self.words)}</p>"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as somebody wrote them, line for line."""

    words: str

    def as_text(self) -> str:
        return "\n".join(f"> {line}".rstrip() for line in self.words.splitlines())

    def as_html(self, _look: Look) -> str:
        return f'<blockquote style="{_QUOTE}">{escape(self.words)}</blockquote>'


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    pairs: Sequence[tuple[str, str]]

    def as_text(self) -> str:
        return "\n".join(f"{self._with_colon(label)}\n    {self._indented(value)}" for label, value in self.pairs)

    def as_html(self, _look: Look) -> str:
        return "".join(
            f'<p style="margin: 8px 0; white-space: pre-line"><strong>{escape(label)}</strong>\n{escape(value)}</p>'
            for label, value in self.pairs
        )

    @staticmethod
    def _with_colon(label: str) -> str:
        return label if label.endswith(("?", ".", ":")) else f"{label}:"

    @staticmethod
    def _indented(value: str) -> str:
        return "\n    ".join(value.splitlines())


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to, with its address to be read as well."""

    words: str
    url: str

    def as_text(self) -> str:
        return f"{self.words}:\n{self.url}"

    def as_html(self, look: Look) -> str:
        url = escape(self.url)
        return f'<p>{escape(self.words)}:<br><a href="{url}" style="color: {look.link}">{url}</a></p>'


PLAIN: Final = Look()

Block = Heading | Paragraph | Quote | Facts | Link


def as_text(blocks: Iterable[Block], *, signed: Sequence[str]) -> str:
    """Return the letter as plain text, signed with these lines."""
    return "\n\n".join([*(block.as_text() for block in blocks), "\n".join(signed)]) + "\n"


def as_html(blocks: Iterable[Block], *, title: str, language: str, signed: Sequence[str], look: Look = PLAIN) -> str:
    """Return the letter as an HTML page in `language`, in the colours of `look`."""
    body = "\n".join(block.as_html(look) for block in blocks)
    heading = f"font-size: 24px; line-height: 1.2; color: {look.accent}; border-top: 6px solid {look.accent}"
    end = "<br>".join(escape(line) for line in signed)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{look.by_night}</style></head>\n"
        f'<body style="{_BODY}">\n<h1 style="{heading}; padding-top: 12px">{escape(title)}</h1>\n'
        f"{body}\n<p>{end}</p>\n</body>\n</html>\n"
    )
