"""Letter paper: a letter is a list of blocks, put on paper twice, as plain text and as HTML for any mail program.

Mail programs know no style sheets of ours, so the few styles stand with the elements. Everything is escaped here.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from django.utils.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH: Final = 76
_BODY: Final = (
    "font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5; color: #1b1b1b;"
    " max-width: 640px; margin: 0 auto; padding: 16px"
)
_QUOTE: Final = "margin: 16px 0; padding: 0 0 0 16px; border-left: 4px solid #767676; white-space: pre-line"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above a part of the letter."""

    words: str

    def as_text(self) -> str:
        return f"{self.words.upper()}"

    def as_html(self) -> str:
        return f'<h2 style="font-size: 20px; margin: 24px 0 8px">{escape(self.words)}</h2>'


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences of ours."""

    words: str

    def as_text(self) -> str:
        return "\n".join(wrap(self.words, _WIDTH, break_long_words=False, break_on_hyphens=False))

    def as_html(self) -> str:
        return f"<p>{escape(self.words)}</p>"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as somebody wrote them, line for line."""

    words: str

    def as_text(self) -> str:
        return "\n".join(f"> {line}".rstrip() for line in self.words.splitlines())

    def as_html(self) -> str:
        return f'<blockquote style="{_QUOTE}">{escape(self.words)}</blockquote>'


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    pairs: Sequence[tuple[str, str]]

    def as_text(self) -> str:
        return "\n".join(f"{self._with_colon(label)}\n    {self._indented(value)}" for label, value in self.pairs)

    def as_html(self) -> str:
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

    def as_html(self) -> str:
        url = escape(self.url)
        return f'<p>{escape(self.words)}:<br><a href="{url}">{url}</a></p>'


Block = Heading | Paragraph | Quote | Facts | Link


def as_text(blocks: Iterable[Block], *, signed: Sequence[str]) -> str:
    """Return the letter as plain text, signed with these lines."""
    return "\n\n".join([*(block.as_text() for block in blocks), "\n".join(signed)]) + "\n"


def as_html(blocks: Iterable[Block], *, title: str, language: str, signed: Sequence[str]) -> str:
    """Return the letter as an HTML page in `language`."""
    body = "\n".join(block.as_html() for block in blocks)
    end = "<br>".join(escape(line) for line in signed)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>\n'
        f'<body style="{_BODY}">\n<h1 style="font-size: 24px; line-height: 1.2">{escape(title)}</h1>\n'
        f"{body}\n<p>{end}</p>\n</body>\n</html>\n"
    )
