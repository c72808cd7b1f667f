"""What is new in a mail, on replies as people and their programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.intake.channels.email.reading import plaintext
from aanspreekpunt.intake.channels.email.reading.quotes import Piece, split
from aanspreekpunt.intake.channels.email.reading.quoting.lines import lines_of
from aanspreekpunt.intake.channels.email.reading.tests.cases import Reply, pages, replies, seen
from aanspreekpunt.intake.channels.email.reading.tests.work import work_of

_LINES = [
    *("Goedemorgen,", "> Wat is uw adres?", ">> ouder", "", " ", "\t", "-- ", "--", "-----", "____________________"),
    *("Op di 14 mei 2024 om 09:31 schreef Gemeente <info@dijkstede.example>:", "On 14 May 2024, Ann wrote:"),
    *(
        "Van: Gemeente <info@dijkstede.example>",
        "Verzonden: vrijdag 7 maart 2025 13:45",
        "Aan: Jan",
        "Onderwerp: Leges",
    ),
    *(
        "-----Oorspronkelijk bericht-----",
        "Begin doorgestuurd bericht:",
        "Verstuurd vanaf mijn iPhone",
        "Groet,",
        "Jan",
    ),
    *("T 0123-456789", "www.dijkstede.example", "This e-mail and any attachments are confidential.", "| x", "AB> x"),
    *(
        "Op dinsdag",
        "schreef:",
        "<info@dijkstede.example>:",
        "\ufeff",
        "a\rb",
        "a\x0cb",
        "a\u2028b",
        "##- boven deze regel -##",
    ),
]
HOSTILE = [
    *(
        "Op di 14 mei 2024 om 09:31 schreef",
        "Op 1-1-2024",
        "Van: a@b.example",
        "Verzonden: 1",
        "Van: x\n\n",
        "> x",
        "> x\ny",
    ),
    *(
        "-- ",
        "-----",
        "____________________",
        "x:",
        ": :",
        "a@b.example:",
        "<a@b.example>",
        ">>> x",
        "Groet,",
        "1:1",
        "x On 1-1-2024 10:00 a@b.example wrote:",
        "x. On 1 On 1 On 1 On 1 On 1 On 1:",
        "-- x --",
        "Van: a@b.example\nDatum: 1-1-2024 10:00",
        "> (http\nx",
        "AB> x",
    ),
    *(
        "wrote wrote wrote:",
        "----- Forwarded message -----",
        "Sent from my iPhone",
        "confidential addressee\n",
        "  ",
        "",
    ),
]
_OUTLOOK = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
_MOZ = '<div class="moz-cite-prefix">Op 1-1-2024 om 10:00 schreef X:</div>'
NEVER_NEW = "Op wo 5 feb. 2025 om 12:00 schreef Gemeente <info@dijkstede.example>:"


@pytest.mark.parametrize("reply", list(replies()), ids=lambda reply: reply.name)
def test_each_line_of_a_reply_is_told_for_what_it_is(reply: Reply) -> None:
    parts = split(reply.text)
    assert seen(parts.new) == reply.part("new")
    assert seen(parts.quoted) == reply.part("quoted")
    assert seen(parts.signature) == reply.part("signature")
    assert parts.text == reply.text


@pytest.mark.parametrize(("name", "source", "new"), list(pages()))
def test_of_a_page_only_what_is_new_is_read_first(name: str, source: str, new: list[str]) -> None:
    text = plaintext.from_html(source)
    parts = split(text, html=source)
    assert seen(parts.new) == new, name
    assert parts.text == text


@given(st.lists(st.sampled_from(_LINES), max_size=30), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_no_character_is_lost_and_none_moves(lines: list[str], end: str) -> None:
    text = end.join(lines)
    parts = split(text)
    assert parts.text == text
    assert all(piece.text for piece in parts.pieces)


@given(st.text(max_size=300))
def test_any_text_can_be_split(text: str) -> None:
    assert split(text).text == text
    assert split(text, html=text).text == text


@given(
    st.lists(st.sampled_from(["Ik wil iets vragen over de bomen in de straat", "Mijn moeder is 80 jaar"]), min_size=1)
)
def test_plain_words_are_never_folded_away(lines: list[str]) -> None:
    assert split("\n\n".join(lines)).pieces == (Piece("new", "\n\n".join(lines)),)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (f"Dat is goed. {NEVER_NEW}\n> Schikt dinsdag?", "Dat is goed."),
        (f"Dat is goed--- {NEVER_NEW}\nSchikt dinsdag?", "Dat is goed"),
        ("Goed On 14 May 2024 at 10:00 Ann <\nann@post.example> wrote:\n> Tuesday?", "Goed"),
        (f"Zie 3. {NEVER_NEW[:-1]} iets anders", f"Zie 3. {NEVER_NEW[:-1]} iets anders"),
        ("Ik kom Op 3 mei om 10:00: is dat goed?", "Ik kom Op 3 mei om 10:00: is dat goed?"),
    ],
)
def test_an_attribution_may_stand_right_behind_the_words(text: str, new: str) -> None:
    parts = split(text)
    assert parts.new == new
    assert parts.text == text


def test_an_answer_is_read_with_the_question_above_it() -> None:
    parts = split(f"{NEVER_NEW}\n> Komt u?\nJa\n> En uw man?\nNee")
    assert parts.new == "> Komt u?\nJa\n> En uw man?\nNee"
    assert [piece.kind for piece in parts.pieces] == ["quoted", "answered", "new", "answered", "new"]


def test_of_a_long_quote_only_the_end_is_read_with_the_answer() -> None:
    quote = [f"> regel {number}" for number in range(30)]
    parts = split("\n".join(["Zie onder.", NEVER_NEW, *quote, ">", "> Komt u?", "Ja"]))
    assert parts.new == "Zie onder.\n> Komt u?\nJa"


@pytest.mark.parametrize(
    ("html", "text", "new", "quoted", "signature"),
    [
        (
            '<div>Dat is goed.</div><div class="gmail_quote"><div class="gmail_attr">Iemand zei:</div><p>Oud</p></div>',
            "Dat is goed.\nIemand zei:\nOud",
            ["Dat is goed."],
            ["Iemand zei:", "Oud"],
            [],
        ),
        (
            '<p>Akkoord</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">Van: A<br>Iets: B</div><p>Oud</p>',
            "Akkoord\n--------------------\nVan: A\nIets: B\nOud",
            ["Akkoord"],
            ["--------------------", "Van: A", "Iets: B", "Oud"],
            [],
        ),
        (
            f"<p>Akkoord</p><div style='{_OUTLOOK}'><p>Iets</p></div><p>Oud</p>",
            "Akkoord\nIets\nOud",
            ["Akkoord"],
            ["Iets", "Oud"],
            [],
        ),
        (
            '<div>Akkoord</div><div class="yahoo_quoted">Oud</div>',
            "Akkoord\nOud",
            ["Akkoord"],
            ["Oud"],
            [],
        ),
        (
            '<p>Zie <a href="https://a.example/x">hier</a></p><div class="moz-signature">Jan, voorzitter</div>',
            "Zie hier<https://a.example/x>\nJan, voorzitter",
            ["Zie hier<https://a.example/x>"],
            [],
            ["Jan, voorzitter"],
        ),
        (
            f"{_MOZ}<blockquote>Komt u?</blockquote>Ja<blockquote>En uw man?</blockquote>Nee",
            "Op 1-1-2024 om 10:00 schreef X:\nKomt u?\nJa\nEn uw man?\nNee",
            ["Komt u?", "Ja", "En uw man?", "Nee"],
            ["Op 1-1-2024 om 10:00 schreef X:"],
            [],
        ),
    ],
)
def test_html_says_more_than_words(
    html: str, text: str, new: list[str], quoted: list[str], signature: list[str]
) -> None:
    parts = split(text, html=html)
    assert (seen(parts.new), seen(parts.quoted), seen(parts.signature)) == (new, quoted, signature)


def test_html_that_is_another_text_says_nothing() -> None:
    html = "<blockquote>Heel iets anders</blockquote><p>Dit</p>"
    assert split("Dag\nTot morgen", html=html) == split("Dag\nTot morgen")


def test_what_is_forwarded_without_a_word_is_the_message_in_html_too() -> None:
    html = '<div class="gmail_quote">Doorgestuurd: <blockquote>Gat in de weg</blockquote></div>'
    assert split("Doorgestuurd:\nGat in de weg", html=html).new == "Doorgestuurd:\nGat in de weg"


@pytest.mark.parametrize("line", HOSTILE)
def test_twice_as_much_is_twice_the_work(line: str) -> None:
    once = work_of(lambda: split(f"{line}\n" * 200))
    twice = work_of(lambda: split(f"{line}\n" * 400))
    assert twice < 2.3 * once


@pytest.mark.parametrize(
    "tags", ["<blockquote>x", "<div>x</p>", "<b>x</b>", "</div>x", "<div class='gmail_quote'>x</div>y"]
)
def test_twice_as_much_html_is_twice_the_work(tags: str) -> None:
    once = work_of(lambda: split("x" * 100, html=tags * 300))
    twice = work_of(lambda: split("x" * 100, html=tags * 600))
    assert twice < 2.3 * once


def test_only_the_beginning_of_a_line_is_looked_at() -> None:
    line = f"{NEVER_NEW[:-1]}{' x' * 100_000}:"
    assert work_of(lambda: split(line)) < 5_000


def test_so_many_lines_as_nobody_writes_are_not_looked_at_one_by_one() -> None:
    text = "\n" * 1_000_000
    parts = split(f"Vraag{text}Nog iets")
    assert parts.text == f"Vraag{text}Nog iets"
    assert len(lines_of(text)) < 100_000


def test_what_is_below_very_many_lines_is_still_new_or_quoted() -> None:
    many = "> oud\n" * 3_000
    assert split(f"Nieuw\n\n{NEVER_NEW}\n{many}").new == "Nieuw"
    assert split("Nieuw\n" * 3_000 + "-- \nStichting Noord").signature == "-- \nStichting Noord"
