"""HTML written as text."""

from __future__ import annotations

import pytest

from aanspreekpunt.intake.channels.email.reading import plaintext


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("een<br>twee<br/>drie", "een\ntwee\ndrie"),
        ("<p>een</p>\n<p>twee</p>", "een\n\ntwee"),
        ("<div>een</div><div>twee</div><div><br></div><div>drie</div>", "een\ntwee\n\ndrie"),
        ("  een \n\t twee  <b>drie</b>vier <i>vijf</i> ", "een twee drievier vijf"),
        ("een&nbsp;&euro;&amp;twee&#8364;&lt;b&gt;", "een €&twee€<b>"),
        ("<ul><li>een<li>twee</ul>na", "- een\n- twee\n\nna"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<blockquote>een<blockquote>twee</blockquote></blockquote>drie", "> een\n>\n>> twee\n\ndrie"),
        ("<pre>een\n  twee\n</pre>", "een\n  twee"),
        ("<style>p{}</style><script>x()</script><title>t</title>tekst", "tekst"),
        ("<head><title>t</title><meta><body>tekst", "tekst"),
        ("<!-- weg -->tekst<!-- <p>ook weg", "tekst"),
        ('<img src=x alt="de straat"> hier', "[de straat] hier"),
        ("<img src=x>", ""),
        ('<div style="display: none">voorproefje</div>tekst', "tekst"),
        ("<span hidden>weg</span>tekst", "tekst"),
        ("een<hr>twee", "een\n--------------------\ntwee"),
        ("a < b en c > d", "a < b en c > d"),
        ("<p>een<p>twee", "een\n\ntwee"),
        ("</p></div>een</td>", "een"),
        ("<o:p>&nbsp;</o:p>een", "een"),
        ("", ""),
    ],
)
def test_html_as_text(source: str, text: str) -> None:
    assert plaintext.from_html(source) == text


@pytest.mark.parametrize(
    "source",
    ["<blockquote>" * 50_000 + "x", "<div>" * 100_000 + "x", "<!--" * 100_000, "<" * 300_000, "<span hidden>" * 50_000],
)
def test_what_is_made_to_take_long_stays_small(source: str) -> None:
    assert len(plaintext.from_html(source)) <= len(source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('Kijk <a href="https://a.example/x">hier</a>.', "Kijk hier <https://a.example/x>."),
        ('<a href="https://kwaad.example">www.gemeente.nl</a>', "www.gemeente.nl <https://kwaad.example>"),
        ('<a href="https://www.a.example/">a.example</a>', "a.example"),
        ('<a href="http://a.example/x%20y">http://a.example/x y</a>', "http://a.example/x y"),
        ('<a href="mailto:jan@a.example?subject=x">jan@a.example</a>', "jan@a.example"),
        ('Van <a href="mailto:jan@a.example">Jan</a> &lt;x&gt;', "Van Jan <mailto:jan@a.example> <x>"),
        ('<a href="tel:+31612345678">06 12345678</a>', "06 12345678"),
        ('<a href="https://a.example/x"><img src=x></a>weg', "weg"),
        ('<a href="https://a.example/x"><img src=x alt="Ons logo"></a>', "[Ons logo] <https://a.example/x>"),
        ('<a href="javascript:x()">hier</a> <a href="#kop">daar</a> <a name=x>er</a>', "hier daar er"),
        (
            '<a href="https://a.example">een<a href="https://b.example">twee',
            "een <https://a.example>twee <https://b.example>",
        ),
        ('<div hidden><a href="https://a.example">weg</a></div>tekst', "tekst"),
        ('<a href="https://a.example/><x">hier</a>', "hier"),
        (f'<a href="https://a.example/{"x" * 500}">hier</a>', f"hier <https://a.example/{'x' * 182}…>"),
        ('<a href="https://a.example/x"><p>hier</p></a>na', "hier <https://a.example/x>\n\nna"),
    ],
)
def test_links_say_where_they_lead(source: str, text: str) -> None:
    assert plaintext.from_html(source) == text
