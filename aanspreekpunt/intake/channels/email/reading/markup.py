"""HTML as a row of tags and texts, read in one pass however broken it is."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:_-]{0,40}")
ATTRIBUTE = re.compile(r"[^\s/>=]{1,200}")
SPACE = re.compile(r"[\s/]*")
UNQUOTED = re.compile(r"[^\s>]*")
UNSEEN = frozenset(
    {"script", "style", "title", "head", "template", "svg", "math", "object", "applet", "iframe", "noembed", "noframes"}
)
TO_THEIR_END = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
READABLE = frozenset({"textarea", "xmp"})
ATTRIBUTES = 50


@dataclass(frozen=True, slots=True)
class Tag:
    """The beginning or the end of an element."""

    name: str
    attributes: dict[str, str]
    is_end: bool = False


def pieces(source: str) -> Iterator[Tag | str]:
    """Give tags and texts (with entities resolved) in their order; comments and the like fall away."""
    at = 0
    while at < len(source):
        opening = source.find("<", at)
        if opening < 0:
            yield html.unescape(source[at:])
            return
        if opening > at:
            yield html.unescape(source[at:opening])
        read, at = _tag(source, opening)
        if read is None:
            continue
        yield read
        if isinstance(read, Tag) and not read.is_end and read.name in TO_THEIR_END:
            begin, at = at, _end_of_raw_text(source, at, read.name)
            if read.name in READABLE and at > begin:
                yield html.unescape(source[begin:at])


def _end_of_raw_text(source: str, at: int, name: str) -> int:
    """Give where text in which no tags count ends: at the tag that ends it, or else nowhere."""
    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at)
    return end.start() if end else len(source)


def _tag(source: str, at: int) -> tuple[Tag | str | None, int]:
    """Read what begins with the sign `<` here: a tag, nothing (a comment), or the sign itself."""
    following = source[at + 1 : at + 2]
    if following in {"!", "?"}:
        return None, _after_comment(source, at)
    is_end = following == "/"
    name = NAME.match(source, at + 1 + is_end)
    if not name:
        if is_end:
            return None, _behind(source, ">", at)
        return "<", at + 1
    attributes, after = _attributes(source, name.end())
    return Tag(name.group().lower(), attributes, is_end), after


def _after_comment(source: str, at: int) -> int:
    if not source.startswith("<!--", at):
        return _behind(source, ">", at)
    for short in ("<!-->", "<!--->"):
        if source.startswith(short, at):
            return at + len(short)
    end = source.find("-->", at + 4)
    end = len(source) if end < 0 else end
    other = source.find("--!>", at + 4, end)
    return other + 4 if other >= 0 else min(end + 3, len(source))


def _behind(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + 1


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """Read attributes up to the end of the tag; of two with one name the first counts."""
    found: dict[str, str] = {}
    while True:
        space = SPACE.match(source, at)
        at = space.end() if space else at
        if at >= len(source):
            return found, at
        if source[at] == ">":
            return found, at + 1
        if source[at] == "=":
            at += 1
            continue
        name = ATTRIBUTE.match(source, at)
        at = name.end() if name else at + 1
        value, at = _attribute_value(source, at)
        if name and len(found) < ATTRIBUTES:
            found.setdefault(name.group().lower(), value)


def _attribute_value(source: str, at: int) -> tuple[str, int]:
    space = SPACE.match(source, at)
    equals = space.end() if space and "/" not in space.group() else at
    if source[equals : equals + 1] != "=":
        return "", at
    at = equals + 1
    while source[at : at + 1].isspace():
        at += 1
    quote = source[at : at + 1]
    if quote in {'"', "'"}:
        end = source.find(quote, at + 1)
        end = len(source) if end < 0 else end
        return html.unescape(source[at + 1 : end]), end + 1
    value = UNQUOTED.match(source, at)
    return (html.unescape(value.group()), value.end()) if value else ("", at)
