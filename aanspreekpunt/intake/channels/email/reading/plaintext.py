"""The text of a mail that only came as HTML, and lines that were broken for sending put together again."""

from __future__ import annotations

import re
from urllib.parse import unquote

from aanspreekpunt.intake.channels.email.reading import markup

LINES = frozenset(
    {
        "p",
        "div",
        "tr",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "blockquote",
        "pre",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
    | {
        "center",
        "section",
        "article",
        "header",
        "footer",
        "address",
        "form",
        "fieldset",
        "caption",
        "title",
        "body",
        "html",
    }
)
APART = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre"})
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"})
DEEPEST_QUOTE = 20
MOST_HIDDEN = 200
LONGEST_LINK = 200
LINK = re.compile(r"(?:https?://|mailto:[^?]*@)", re.IGNORECASE)
IN_A_LINE = " \t\n\r\f"


def from_html(source: str) -> str:
    """Write HTML as plain text: what cannot be seen left out, quotations marked with `>` as mail programs do."""
    writer = _Writer()
    for piece in markup.pieces(source):
        if isinstance(piece, str):
            writer.text(piece)
        elif piece.is_end:
            writer.end(piece.name)
        else:
            writer.begin(piece)
    return writer.result()


class _Writer:
    """Collects lines; `gap` is how many empty ones are owed before the next word."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.fixed = 0
        self.hidden: list[str] = []
        self.wants_space = False
        self.wants_empty = False
        self.link = ""
        self.link_words: list[str] = []

    def text(self, text: str) -> None:
        """Add text, with white space as a browser would show it."""
        if self.hidden:
            return
        if self.fixed:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for other in others:
                self._break(always=True)
                self._add(other)
            return
        words = text.split()
        if not words:
            self.wants_space = self.wants_space or bool(text)
            return
        if self.link:
            self.link_words += words
        joined = " ".join(words) if "\xa0" not in text else _with_hard_spaces(text)
        if (self.wants_space or text[0] in IN_A_LINE) and self.line:
            self._add(" ")
        self._add(joined)
        self.wants_space = text[-1] in IN_A_LINE

    def begin(self, tag: markup.Tag) -> None:
        """Begin an element: perhaps on a new line, or nothing of it is shown."""
        if tag.name == "body":
            self.hidden.clear()  # a head that was never closed
        if tag.name in VOID:
            self._void(tag)
        elif self.hidden or tag.name in markup.UNSEEN or _is_hidden(tag):
            self._hide(tag.name)
        else:
            self._begin(tag.name)
            if tag.name == "a":
                self._end_link()
                self.link = tag.attributes.get("href", "").strip()

    def _begin(self, name: str) -> None:
        if name in LINES:
            self._line(name)
        if name == "blockquote":
            self.quotes += 1
        elif name == "pre":
            self.fixed += 1
        elif name == "li":
            self._add("- ")
        elif name in {"td", "th"} and self.line:
            self.wants_space = True

    def _hide(self, name: str) -> None:
        """Count elements that are not shown, as far as they end what is not shown."""
        counts = not self.hidden or name in self.hidden or name in markup.UNSEEN
        if counts and len(self.hidden) < MOST_HIDDEN:
            self.hidden.append(name)

    def end(self, name: str) -> None:
        """End an element."""
        if self.hidden:
            self._show_again(name)
            return
        if name == "a":
            self._end_link()
        elif name == "br":
            self._break(always=True)
        if name in LINES:
            self._line(name)
        if name == "blockquote":
            self.quotes = max(self.quotes - 1, 0)
        elif name == "pre":
            self.fixed = max(self.fixed - 1, 0)

    def _show_again(self, name: str) -> None:
        if name in self.hidden:
            while self.hidden.pop() != name:
                pass
        elif name in {"body", "html"}:
            self.hidden.clear()

    def result(self) -> str:
        """Give all of it, without empty lines around."""
        self._end_link()
        self._break()
        return "\n".join(self.lines).strip("\n")

    def _end_link(self) -> None:
        """Write where a link leads behind its words, unless they say so."""
        address, words = self.link, " ".join(self.link_words)
        self.link, self.link_words = "", []
        if words and not self.hidden and leads_elsewhere(address, words):
            shown = address if len(address) <= LONGEST_LINK else f"{address[:LONGEST_LINK]}\N{HORIZONTAL ELLIPSIS}"
            self._add(f" <{shown}>" if self.line else f"<{shown}>")

    def _void(self, tag: markup.Tag) -> None:
        if self.hidden:
            return
        if tag.name == "br":
            self._break(always=True)
        elif tag.name == "hr":
            self._break()
            self._add("-" * 20)
            self._break()
        elif tag.name == "img" and tag.attributes.get("alt", "").strip():
            self.text(f" [{' '.join(tag.attributes['alt'].split())}] ")

    def _line(self, name: str) -> None:
        self._break()
        self.wants_empty = self.wants_empty or name in APART

    def _break(self, *, always: bool = False) -> None:
        if self.link_words:
            self._end_link()
        text = "".join(self.line).rstrip()
        self.wants_space = False
        if not text and not always:
            self.line = []
            return
        if text and self.wants_empty and self.lines and self.lines[-1].strip("> "):
            before = len(self.lines[-1]) - len(self.lines[-1].lstrip(">"))
            self.lines.append(">" * min(before, self.quotes))
        self.wants_empty = self.wants_empty and not text
        self.lines.append((self._prefix() + text) if text else self._prefix().rstrip())
        self.line = []

    def _prefix(self) -> str:
        depth = min(self.quotes, DEEPEST_QUOTE)
        return ">" * depth + " " if depth else ""

    def _add(self, text: str) -> None:
        if text:
            self.line.append(text)


def leads_elsewhere(address: str, words: str) -> bool:
    """Say whether the words of a link do not tell where it leads."""
    if not LINK.match(address) or any(each in address for each in "<> \n\t"):
        return False
    bare, said = (_bare_address(each) for each in (address, words))
    return not (bare == said or (address[:7].lower() == "mailto:" and bare in said))


def _bare_address(address: str) -> str:
    """Leave out what may differ without leading elsewhere."""
    low = "".join(unquote(address).lower().split()).rstrip("/").strip("<>[]()\"'., ")
    if low.startswith("mailto:"):
        return low[len("mailto:") :].partition("?")[0]
    return low.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _with_hard_spaces(text: str) -> str:
    kept = text.translate({ord(space): " " for space in IN_A_LINE})
    return " ".join(word for word in kept.split(" ") if word).replace("\xa0", " ")


def _is_hidden(tag: markup.Tag) -> bool:
    """Say whether the sender hid this, as the line that mailings have for previews."""
    style = tag.attributes.get("style", "").lower().replace(" ", "")
    return "hidden" in tag.attributes or "display:none" in style or "mso-hide:all" in style


def flowed(text: str, *, with_spaces_deleted: bool = False) -> str:
    """Put together the lines of `format=flowed` (RFC 3676), each within its own depth of quotation."""
    done: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        goes_on = content.endswith(" ") and content != "-- "
        kept = content[:-1] if goes_on and with_spaces_deleted else content
        if open_depth == depth and content != "-- ":
            done[-1].append(kept)
        else:
            done.append([">" * depth, " " if depth else "", kept])
        open_depth = depth if goes_on else -1
    return "\n".join("".join(pieces) for pieces in done)
