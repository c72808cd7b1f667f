"""What was found is shown in its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.finding.found import Hit, Match
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.marking import Marked, best_passage, marked_title
from aanspreekpunt.knowledge.finding.tests.make import document, some_index


def words_marked(marked: Marked) -> list[str]:
    return [marked.text[start:end] for start, end in marked.spans]


def hit_for(text: str, *, typing: bool = False) -> Hit:
    return some_index().search(text, limit=1, typing=typing).hits[0]


def test_forms_and_parts_of_the_words_are_marked() -> None:
    answer = document("r", "U komt naar de balie. Daar kunt u het verlengen.", title="Mijn rijbewijs verloopt")
    hit = Index.build([answer]).search("rijbewijsverlenging").hits[0]
    assert words_marked(marked_title(hit)) == ["rijbewijs"]
    assert "verlengen" in words_marked(best_passage(hit))


def test_what_was_corrected_is_marked() -> None:
    assert "paspoort" in words_marked(marked_title(hit_for("papspoort kwijt")))


def test_a_half_typed_word_is_marked_whole() -> None:
    assert "stempas" in words_marked(marked_title(hit_for("stemp", typing=True)))


def test_the_passage_with_most_of_the_question_is_shown() -> None:
    body = "Eerst iets anders. " * 30 + "Een vergunning voor een dakkapel kost geld. " + "Daarna nog iets. " * 30
    why = (Match("vergunning", "vergunning", "exact", ("body",)), Match("dakkapel", "dakkapel", "exact", ("body",)))
    passage = best_passage(Hit(document("a", body), 1.0, why), length=60)
    assert words_marked(passage) == ["vergunning", "dakkapel"]
    assert passage.is_cut_before
    assert passage.is_cut_after
    assert len(passage.text) <= 60


def test_a_short_body_is_shown_whole() -> None:
    passage = best_passage(Hit(document("a", "Kort antwoord."), 1.0, ()))
    assert passage == Marked("Kort antwoord.")


def test_text_is_never_turned_into_html() -> None:
    hit = Hit(document("a", "<script>paspoort</script>"), 1.0, (Match("paspoort", "paspoort", "exact", ("body",)),))
    assert best_passage(hit).text == "<script>paspoort</script>"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.integers(1, 200))
def test_marks_lie_in_the_text_and_apart(body: str, length: int) -> None:
    hit = Hit(document("a", body), 1.0, (Match("a", "aa", "prefix", ("body",)), Match("10", "10", "code", ("body",))))
    passage = best_passage(hit, length=length)
    assert passage.text in body
    ends = [0]
    for start, end in passage.spans:
        assert ends[-1] <= start < end <= len(passage.text) or end <= len(body)
        ends.append(end)
