"""HTML of strangers: whatever is sent, only what is on the list comes out."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from aanspreekpunt.intake.channels.email.reading import safe_html
from aanspreekpunt.intake.channels.email.reading.html import ATTRIBUTES, PLACEHOLDER, TAGS

ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})")
OURS = {"one@mail": "/pictures/1", 'x"><b': '/pictures/"2"?a=1&b=2'}
LINES = (Path(__file__).parent / "data" / "hostile.txt").read_text(encoding="utf-8").splitlines()
PIECES = [
    ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), line) for line in LINES if not line.startswith("#")
]


class Seen(HTMLParser):
    """Notes every element and attribute in what came out."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"br", "hr", "img", "wbr", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} closes what was never opened"
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def shown(source: str) -> str:
    return safe_html(source, image=lambda content_id: OURS.get(content_id, ""))


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


def check(html: str) -> None:
    """Hold what came out against all that is promised."""
    parser = seen(html)
    assert parser.open == []
    assert parser.others == []
    for tag, attributes in parser.elements:
        assert tag in TAGS
        extra = {"a": {"rel", "target"}, "span": {"class"}}.get(tag, set())
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"] | extra
        if tag == "a":
            assert attributes["rel"] == "noopener noreferrer"
            assert attributes["target"] == "_blank"
            assert re.match(r"(https?|mailto|tel):", attributes.get("href") or "https:", re.IGNORECASE)
        if tag == "img":
            assert attributes["src"] in OURS.values()
            assert "alt" in attributes
        assert attributes.get("class", PLACEHOLDER) == PLACEHOLDER
        for name in ("colspan", "rowspan", "span", "start"):
            assert int(attributes.get(name) or 1) < 10_000


def test_there_are_enough_hostile_pieces() -> None:
    assert len(PIECES) >= 200
    assert len(set(PIECES)) == len(PIECES)


@pytest.mark.parametrize("piece", PIECES)
def test_only_what_is_on_the_list_comes_out(piece: str) -> None:
    check(shown(piece))


@pytest.mark.parametrize("piece", PIECES)
def test_it_is_the_same_when_made_safe_again(piece: str) -> None:
    once = safe_html(piece).replace(f' class="{PLACEHOLDER}"', "")  # only we may say that this is no picture
    assert safe_html(once) == once


@pytest.mark.parametrize(
    "before", ["<p title='", "<!-- ", "<table><tr><td>", "<textarea>", '<a href="', "<style>", "<svg><desc>"]
)
def test_what_stands_before_it_changes_nothing(before: str) -> None:
    for piece in PIECES:
        check(shown(before + piece))


def test_all_pieces_in_one_mail() -> None:
    check(shown("\n".join(PIECES)))


def test_what_people_write_stays() -> None:
    source = "<h2>Dag</h2><p>Ik <b>wil</b> <a href='https://x.nl/?a=1&amp;b=2'>dit</a>.</p><ul><li>een<li>twee</ul>"
    link = '<a href="https://x.nl/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">dit</a>'
    assert safe_html(source) == f"<h2>Dag</h2><p>Ik <b>wil</b> {link}.</p><ul><li>een</li><li>twee</li></ul>"


def test_a_table_without_ends_stays_a_table() -> None:
    made = safe_html("<table><tr><td>1<td>2<tr><td colspan=2>3</table>na")
    assert made == '<table><tbody><tr><td>1</td><td>2</td></tr><tr><td colspan="2">3</td></tr></tbody></table>na'


def test_a_long_table_without_ends_is_kept_whole() -> None:
    made = safe_html("<table>" + "<tr><td><p>een<td>twee" * 500 + "</table>")
    assert made.count("<tr>") == 500
    assert made.count("<td>") == 1000


def test_a_picture_that_came_along_is_shown_by_our_address() -> None:
    assert shown('<img src="cid:one@mail" width=9 alt="de straat">') == '<img src="/pictures/1" alt="de straat">'
    assert shown("<img src='cid:%3Cone@mail%3E'>") == '<img src="/pictures/1" alt="">'


def test_an_address_of_ours_cannot_break_out() -> None:
    assert shown("<img src='cid:x\"><b>'>") == '<img src="/pictures/&quot;2&quot;?a=1&amp;b=2" alt="">'


def test_of_another_picture_its_words_are_shown() -> None:
    assert (
        safe_html('<img src="https://t.nl/x.png" alt="Logo <b>">') == '<span class="mail-image">[Logo &lt;b&gt;]</span>'
    )
    assert safe_html('<img src="https://t.nl/pixel.gif">') == ""
    assert safe_html('<img src="/desk/secret.png" alt="x">') == '<span class="mail-image">[x]</span>'


def test_styles_and_titles_are_no_text() -> None:
    assert safe_html("<title>t</title><style>p{color:red}</style><script>x</script><p>text") == "<p>text</p>"


def test_text_is_never_taken_for_a_tag() -> None:
    assert safe_html("als a<b en b>c & d &lt;script&gt;") == "als a<b>c &amp; d &lt;script&gt;</b>"
    assert safe_html("1 < 2 &copy; &nbsp;3") == "1 &lt; 2 © &nbsp;3"


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 100_000 + "x",
        "".join(f'<b id="{number}">' for number in range(10_000)) + "<p>x" * 50_000,
        "<table><td>" * 50_000 + "x",
        "&" * 500_000 + "x",
        "<a href=x>x" * 50_000,
        "<!-- -->" * 100_000 + "x",
        "<!--" * 100_000 + "x",
        "<p " + "a=1 " * 200_000 + ">x",
        "</p" * 200_000 + ">x",
        '<a href="' * 100_000,
        "<textarea>" * 50_000,
        "<ul><li>" * 50_000 + "x",
    ],
    ids=lambda source: source[:12],
)
def test_what_is_made_to_take_long_stays_small(source: str) -> None:
    made = safe_html(source)
    assert len(made) < 6_000_000
    depth = deepest = 0
    for tag in re.findall(r"<(/?)[a-z]", made):
        depth += -1 if tag else 1
        deepest = max(deepest, depth)
    assert made.count("</a>") == made.count("<a ")
    assert "div" not in source[:5] or deepest <= 60


def test_beyond_the_most_tags_the_text_is_kept() -> None:
    made = safe_html("<i>woord</i> " * 40_000)
    assert made.count("woord") == 40_000
    assert made.count("<i>") < 40_000
