"""Links are found in Markdown, told apart, and called broken only when that is sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.knowledge.rules import links
from aanspreekpunt.knowledge.rules.links import LinkKind, Outcome, Visit, is_broken, kind_of, links_in, outcome_of

OURS = {"www.lindervoort.example"}


@pytest.mark.parametrize(
    ("text", "address", "kind"),
    [
        ("Zie [hier](https://rdw.example/x_(y)).", "https://rdw.example/x_(y)", LinkKind.EXTERNAL),
        (
            "Zie [hier](https://www.lindervoort.example/a 'Titel').",
            "https://www.lindervoort.example/a",
            LinkKind.INTERNAL,
        ),
        ("Zie [hier](/antwoorden/pas).", "/antwoorden/pas", LinkKind.INTERNAL),
        ("Zie https://rdw.example/pas.", "https://rdw.example/pas", LinkKind.EXTERNAL),
        ("Zie <https://rdw.example>.", "https://rdw.example", LinkKind.EXTERNAL),
        ("[x]: https://rdw.example", "https://rdw.example", LinkKind.EXTERNAL),
        ("[mail](mailto:a@b.example)", "mailto:a@b.example", LinkKind.MAIL),
        ("[bel](tel:14059)", "tel:14059", LinkKind.PHONE),
        ("[site]({{ gemeente_website }})", "{{ gemeente_website }}", LinkKind.VARIABLE),
        ("[site](//elders.example)", "//elders.example", LinkKind.EXTERNAL),
        ("[x](javascript:alert)", "javascript:alert", LinkKind.DANGEROUS),
        ("[x](JaVa&#115;cript:alert)", "JaVascript:alert", LinkKind.DANGEROUS),
        ("[x](<java\tscript:alert>)", "javascript:alert", LinkKind.DANGEROUS),
        ("[x](data:text/html;base64,AA)", "data:text/html;base64,AA", LinkKind.DANGEROUS),
        ('<a href="vbscript:x">', "vbscript:x", LinkKind.DANGEROUS),
        ("[x](file:///etc/passwd)", "file:///etc/passwd", LinkKind.DANGEROUS),
    ],
)
def test_each_link_is_found_and_known(text: str, address: str, kind: LinkKind) -> None:
    (link,) = links_in(text, own_hosts=OURS)
    assert (link.address, link.kind) == (address, kind)


def test_a_broken_address_is_just_somewhere_else() -> None:
    assert kind_of("https://[broken", own_hosts=OURS) is LinkKind.EXTERNAL


@pytest.mark.parametrize(
    ("status", "ended_at", "outcome"),
    [
        (200, "https://a.example/", Outcome.FINE),
        (200, "https://www.a.example", Outcome.FINE),
        (200, "https://a.example/elders", Outcome.MOVED),
        (404, "", Outcome.GONE),
        (410, "", Outcome.GONE),
        (403, "", Outcome.CLOSED),
        (429, "", Outcome.BUSY),
        (503, "", Outcome.BUSY),
        (None, "", Outcome.UNREACHABLE),
    ],
)
def test_a_visit_has_a_meaning(status: int | None, ended_at: str, outcome: Outcome) -> None:
    assert outcome_of(Visit(status, ended_at), address="http://a.example#deel") is outcome


@pytest.mark.parametrize(
    ("outcomes", "broken"),
    [
        ([Outcome.GONE], False),
        ([Outcome.GONE, Outcome.GONE], True),
        ([Outcome.UNREACHABLE, Outcome.UNREACHABLE], False),
        ([Outcome.UNREACHABLE, Outcome.BUSY, Outcome.UNREACHABLE], True),
        ([Outcome.GONE, Outcome.GONE, Outcome.FINE], False),
        ([Outcome.CLOSED] * 5, False),
        ([], False),
    ],
)
def test_one_bad_day_breaks_no_link(outcomes: list[Outcome], *, broken: bool) -> None:
    assert is_broken(outcomes) is broken


PIECES = st.sampled_from([*links._SIGNS, "[", "(", ">", "http", "https", "href", "src", "mailto:", " ", "\n", "a"])


@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from(links._SIGNS))
def test_a_text_in_which_no_link_is_looked_for_holds_none(text: str, kept: str) -> None:
    for sign in links._SIGNS:
        text = text if sign == kept else text.replace(sign, "")
    found = [each.group() for each in links._LINK.finditer(text)]
    assert len(list(links_in(text))) <= len(found)
    assert not found or any(sign in text for sign in links._SIGNS)


@given(st.text(alphabet="[](){}<>ab :/\\\"'=.#https&;\n", max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(0 <= link.start <= link.end <= len(text) for link in links_in(text))


@pytest.mark.parametrize("piece", ["](", "[a]:", "<a:", "href=", "https://", "](<", "](a(", "\n[", "   "])
def test_a_megabyte_of_nearly_links_takes_bounded_time(piece: str) -> None:
    assert sum(1 for _ in links_in(piece * (1_000_000 // len(piece)))) >= 0
