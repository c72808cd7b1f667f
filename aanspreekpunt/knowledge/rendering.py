"""Turning the Markdown of answers into safe HTML, or into plain words to say or send."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "table"} | {
    *("tbody", "td", "th", "thead", "tr", "ul"),
}

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_HEADING = re.compile(r"(</?)h[1-6]>")
_INDENT = "  "


@lru_cache(maxsize=512)
def as_html(markdown: str) -> SafeString:
    """Return the HTML of an answer. Headings become small ones, because it stands inside a page."""
    html = _HEADING.sub(r"\1h3>", _markdown.render(markdown))
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})
    return mark_safe(clean)


def as_text(markdown: str) -> str:
    """Return an answer as plain words: without signs, with the address behind the words of a link."""
    said, before = "", ""
    for text, kind in _Blocks().read(_markdown.parse(markdown)):
        gap = "\n" if kind and kind == before else "\n\n"
        said, before = f"{said}{gap}{text}" if said else text, kind
    return said


class _Blocks:
    """Reads paragraphs, headings, items of lists and rows of tables; rows and items of one kind stay together."""

    def __init__(self) -> None:
        self.lists: list[int] = []
        self.row: list[str] | None = None
        self.mark = ""

    def read(self, tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
        """Yield the text of each block, and "list" or "table" when it is one of several."""
        for token in tokens:
            self._note(token)
            if token.type == "tr_close" and self.row is not None:
                yield " | ".join(self.row), "table"
                self.row = None
            elif token.type == "inline" and self.row is not None:
                self.row.append(_words(token.children or []))
            elif token.type in {"inline", "fence", "code_block"}:
                text = _words(token.children) if token.children else token.content.rstrip()
                yield self.mark + text, "list" if self.lists else ""
                self.mark = ""

    def _note(self, token: Token) -> None:
        """Keep where we are: in which lists, at which number, in which row."""
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self.lists.append(int(token.attrGet("start") or 1) if token.tag == "ol" else 0)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.lists.pop()
        elif token.type == "list_item_open":
            number = self.lists[-1]
            self.mark = _INDENT * (len(self.lists) - 1) + (f"{number}. " if number else "- ")
            self.lists[-1] += bool(number)
        elif token.type == "tr_open":
            self.row = []


def _words(tokens: Iterable[Token]) -> str:
    said, opened = "", list[tuple[int, str]]()
    for token in tokens:
        if token.type == "link_open":
            opened.append((len(said), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, address = opened.pop()
            said += f" ({address})" if address != said[start:] else ""
        elif token.type in {"softbreak", "hardbreak"}:
            said += "\n"
        else:
            said += token.content
    return said
