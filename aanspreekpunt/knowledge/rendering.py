"""Turning the Markdown of answers into safe HTML, or into plain words to say or send."""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "table"} | {
    *("tbody", "td", "th", "thead", "tr", "ul"),
}

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_HEADING = re.compile(r"(</?)h[1-6]>")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_SIGNS = re.compile(r"(?m)^[ ]{0,3}(?:#{1,6}\s+|>\s?)|[*_`]{1,3}")
_GAP = re.compile(r"\n{3,}")


@lru_cache(maxsize=512)
def as_html(markdown: str) -> SafeString:
    """Return the HTML of an answer. Headings become small ones, because it stands inside a page."""
    html = _HEADING.sub(r"\1h3>", _markdown.render(markdown))
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})
    return mark_safe(clean)


def as_text(markdown: str) -> str:
    """Return an answer as plain words: without signs, with the address behind the words of a link."""
    with_links = _LINK.sub(lambda found: f"{found[1]} ({found[2]})" if found[1] != found[2] else found[1], markdown)
    return _GAP.sub("\n\n", _SIGNS.sub("", with_links)).strip()
