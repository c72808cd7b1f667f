"""HTML of strangers, made fit to stand in a page of ours: nothing in it runs, is fetched or leaves its place.

Two passes. The first reads what was sent (`markup`) and writes a small, well-formed part of it, with limits on depth
and size: a parser as browsers have takes quadratic time and memory on HTML made to that end. The second is nh3, which
decides what is safe.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

import nh3

from aanspreekpunt.intake.channels.email.reading import cleaning, limits, markup

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

PLACEHOLDER = "mail-image"
"""The class of the text that stands where a picture was not shown."""

VOID = frozenset({"br", "hr", "img", "wbr", "col"})
FORMATTING = frozenset({"a", "b", "code", "em", "i", "s", "small", "strike", "strong", "tt", "u"})
INLINE = FORMATTING | {
    "abbr",
    "bdi",
    "bdo",
    "cite",
    "del",
    "dfn",
    "ins",
    "kbd",
    "q",
    "samp",
    "span",
    "sub",
    "sup",
    "var",
}
CELLS = frozenset({"td", "th"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {"blockquote", "center", "div", "dl", "figure", "figcaption", "hr", "ol", "p", "pre", "table", "ul"}
TAGS = VOID | INLINE | CELLS | SECTIONS | BLOCKS | {"caption", "colgroup", "dd", "dt", "li", "tr"}
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "col": {"span"},
    "colgroup": {"span"},
    "*": {"dir", "lang"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
LONGEST_LINK = 4_000
LONGEST_ALT = 500
DEEPEST = 60
MOST_FORMATTING = 8
MOST_TAGS = 30_000
RUN = 1_000
LARGEST_SPAN = 100
LARGEST_START = 9_999

# What a tag ends without saying so: which open elements, and which others keep them open.
TABLES = frozenset({"table"})
LISTS = frozenset({"ul", "ol"}) | TABLES | CELLS
ENDS: dict[str, tuple[AbstractSet[str], AbstractSet[str]]] = {
    "li": ({"li"}, LISTS),
    "dt": ({"dt", "dd"}, {"dl"} | TABLES | CELLS),
    "dd": ({"dt", "dd"}, {"dl"} | TABLES | CELLS),
    "tr": ({"tr", "caption", "colgroup"}, TABLES),
    "td": (CELLS, TABLES | {"tr"}),
    "th": (CELLS, TABLES | {"tr"}),
    **dict.fromkeys(SECTIONS, (SECTIONS | {"tr", "caption", "colgroup"}, TABLES)),
    **dict.fromkeys(BLOCKS, ({"p"}, BLOCKS - {"p"} | CELLS | {"li", "dd", "dt", "caption"})),
    "a": ({"a"}, TABLES | CELLS),
}
OF_TABLES = TABLES | SECTIONS | CELLS | {"tr", "caption"}


def no_image(_content_id: str) -> str:
    """Show no pictures at all."""
    return ""


def safe_html(source: str, *, image: Callable[[str], str] = no_image) -> str:
    """Give HTML that may stand in our page; `image` gives our address for a picture sent along, by its Content-ID."""
    writer = _Writer(image)
    for piece in markup.pieces(cleaning.lines(source[: limits.TEXT])):
        if isinstance(piece, str):
            writer.text(piece)
        elif piece.is_end:
            writer.end(piece.name)
        else:
            writer.begin(piece)
    return _checked(writer.result(), writer.shown)


def _checked(written: str, shown: set[str]) -> str:
    """Let nh3 decide: only these elements, attributes, schemes and our own pictures."""

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src":
            return value if value in shown else None
        if attribute == "href":
            return value if value.partition(":")[0].lower() in SCHEMES else None
        return value

    return nh3.clean(
        written,
        tags=set(TAGS),
        clean_content_tags={"script", "style", "title", "template", "noscript", "iframe"},
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=allowed,
        url_schemes={*SCHEMES, "cid"},  # the latter only of pictures, and there only what `image` gave
        url_relative="pass_through",
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        allowed_classes={"span": {PLACEHOLDER}},
        generic_attribute_prefixes=set(),
    )


class _Writer:
    """Writes what is allowed, closes what was opened, and keeps count."""

    def __init__(self, image: Callable[[str], str]) -> None:
        self.image = image
        self.shown: set[str] = set()
        self.written: list[str] = []
        self.open: list[str] = []
        self.left_out: dict[str, int] = {}
        self.tags = 0
        self.signs = 0

    def text(self, text: str) -> None:
        """Write text as text; a place to break now and then keeps nh3 from quadratic time on a row of ampersands."""
        text = cleaning.sound(text)
        for at in range(0, len(text), RUN):
            piece = escape(text[at : at + RUN], quote=False)
            self.signs += piece.count("&")
            if self.signs > RUN:
                self.written.append("<wbr>")
                self.signs = 0
            self.written.append(piece)

    def begin(self, tag: markup.Tag) -> None:
        """Open an element, after ending what it ends."""
        name = tag.name
        if name not in TAGS:
            return
        self.tags += 1
        if name in ENDS:
            self._close(*ENDS[name])
        if self._is_too_much(name):
            if name not in VOID:
                self.left_out[name] = self.left_out.get(name, 0) + 1
            return
        if name == "img":
            self._image(tag)
            return
        self.written.append(f"<{name}{_attributes(tag)}>")
        if name not in VOID:
            self.open.append(name)

    def end(self, name: str) -> None:
        """Close an element, unless that would break open the table cell it stands in."""
        if self.left_out.get(name):
            self.left_out[name] -= 1
        elif name == "br":
            self.written.append("<br>")
        elif name in TAGS:
            self._close({name}, TABLES if name in OF_TABLES else TABLES | CELLS)

    def result(self) -> str:
        """Close what is still open and give all of it."""
        self._pop(len(self.open))
        return "".join(self.written)

    def _is_too_much(self, name: str) -> bool:
        if self.tags > MOST_TAGS or len(self.open) >= DEEPEST:
            return True
        return name in FORMATTING and sum(1 for other in self.open if other in FORMATTING) >= MOST_FORMATTING

    def _close(self, names: AbstractSet[str], barriers: AbstractSet[str]) -> None:
        for count, other in enumerate(reversed(self.open), 1):
            if other in names:
                self._pop(count)
                return
            if other in barriers:
                return

    def _pop(self, count: int) -> None:
        for _ in range(count):
            self.written.append(f"</{self.open.pop()}>")

    def _image(self, tag: markup.Tag) -> None:
        """Show a picture that came along; of another only the words that describe it."""
        source = tag.attributes.get("src", "").strip()
        alt = cleaning.one_line(tag.attributes.get("alt", ""))[:LONGEST_ALT]
        address = self.image(unquote(source[4:]).strip("<> ")) if source[:4].lower() == "cid:" else ""
        if address:
            self.shown.add(address)
            self.written.append(f'<img src="{escape(address)}" alt="{escape(alt)}">')
        elif alt:
            self.written.append(f'<span class="{PLACEHOLDER}">[{escape(alt)}]</span>')


def _attributes(tag: markup.Tag) -> str:
    allowed = ATTRIBUTES.get(tag.name, set()) | ATTRIBUTES["*"]
    kept = ((name, _value(name, value)) for name, value in tag.attributes.items() if name in allowed)
    return "".join(f' {name}="{escape(value)}"' for name, value in kept if value)


def _value(name: str, value: str) -> str:
    """Give the value of an attribute if it is what that attribute is for, else ""."""
    value = cleaning.one_line(value)
    if name == "href":
        return _link(value)
    if name == "dir":
        return value.lower() if value.lower() in DIRECTIONS else ""
    if name == "lang":
        return value if len(value) < 20 and value.replace("-", "").isalnum() and value.isascii() else ""  # noqa: PLR2004 - as long as tags of languages are
    most = LARGEST_START if name == "start" else LARGEST_SPAN
    return value if value.isascii() and value.isdigit() and len(value) <= 4 and 0 < int(value) <= most else ""  # noqa: PLR2004 - 9999


def _link(value: str) -> str:
    scheme, colon, _ = value.partition(":")
    is_plain = bool(colon) and scheme.strip().lower() in SCHEMES and len(value) <= LONGEST_LINK
    return value if is_plain else ""
