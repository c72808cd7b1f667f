"""Drawing a text with the words that were found marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.marking import Marked


def as_html(marked: Marked) -> SafeString:
    """Return a text as HTML with the found words in `<mark>`, and "…" where it goes on."""
    pieces, at = ["… " if marked.is_cut_before else ""], 0
    for start, end in marked.spans:
        pieces += [escape(marked.text[at:start]), "<mark>", escape(marked.text[start:end]), "</mark>"]
        at = end
    pieces += [escape(marked.text[at:]), " …" if marked.is_cut_after else ""]
    return mark_safe("".join(pieces))
