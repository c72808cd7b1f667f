"""Drawing a text with the words that were found marked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.marking import Marked

_BREAK = re.compile(r"(?P<gap>[ \t]*\n\s*)(?P<item>- )?|^\s*- ")
_ENDS = (".", "!", "?", ":", ";", ",")


def on_one_line(marked: Marked) -> Marked:
    """Return a text without line ends and signs before items of a list; what has no end of its own gets one."""
    text, at, moved = "", 0, list[tuple[int, int]]()
    for found in _BREAK.finditer(marked.text):
        text += marked.text[at : found.start()]
        at = found.end()
        if text:
            text += " " if text.endswith(_ENDS) else _between(found)
        moved.append((at, len(text)))
    text += marked.text[at:]
    spans = tuple((_place(moved, start), _place(moved, end)) for start, end in marked.spans)
    return replace(marked, text=text, spans=spans)


def _between(found: re.Match[str]) -> str:
    """Return what stands between two lines: of one paragraph, two paragraphs, or items of a list."""
    is_paragraph = found["gap"].count("\n") > 1
    if found["item"]:
        return ": " if is_paragraph else "; "
    return ". " if is_paragraph else " "


def _place(moved: list[tuple[int, int]], old: int) -> int:
    """Return where a letter stands now, by the last break before it."""
    before, now = next(((before, now) for before, now in reversed(moved) if before <= old), (0, 0))
    return now + old - before


def as_html(marked: Marked) -> SafeString:
    """Return a text as HTML on one line with the found words in `<mark>`, and "…" where it goes on."""
    marked = on_one_line(marked)
    pieces, at = ["… " if marked.is_cut_before else ""], 0
    for start, end in marked.spans:
        pieces += [escape(marked.text[at:start]), "<mark>", escape(marked.text[start:end]), "</mark>"]
        at = end
    pieces += [escape(marked.text[at:]), " …" if marked.is_cut_after else ""]
    return mark_safe("".join(pieces))
