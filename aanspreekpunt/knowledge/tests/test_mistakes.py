"""What is wrong between braces is said in the language of the reader, with how to write it right."""

from __future__ import annotations

import pytest
from django.utils import translation

from aanspreekpunt.knowledge.exchange.rows import Remark, RemarkKind
from aanspreekpunt.knowledge.import_reports import sentence_of
from aanspreekpunt.knowledge.mistakes import SENTENCES, what_is_wrong, wrong_on_line
from aanspreekpunt.knowledge.refusals import VariableCannotBeRead
from aanspreekpunt.knowledge.rules.values import MistakeKind, mistakes_in

WRONG = {
    MistakeKind.NOT_CLOSED: ("Dat kost {{ kosten", "heeft geen einde", "{{ paspoort_kosten }}"),
    MistakeKind.NOT_OPENED: ("Dat kost kosten }}", "die niet begon", "{{ paspoort_kosten }}"),
    MistakeKind.NO_NAME: ("Dat kost {{ }}", "geen naam tussen {{ en }}", "{{ paspoort_kosten }}"),
    MistakeKind.BAD_NAME: ("Dat kost {{ Köstén-pas 2 }}", "“{{ Köstén-pas 2 }}” is geen naam", "{{ kosten_pas_2 }}"),
}


@pytest.mark.parametrize("kind", list(MistakeKind))
def test_each_kind_has_a_sentence_and_an_example_of_how_it_should_be(kind: MistakeKind) -> None:
    text, said, right = WRONG[kind]
    (mistake,) = mistakes_in(text)
    assert mistake.kind is kind
    with translation.override("nl"):
        dutch = what_is_wrong(mistake)
    with translation.override("en"):
        english = what_is_wrong(mistake)
    assert said in dutch
    assert dutch.endswith(f"{right}.")
    assert english.endswith(f"{right}.")
    assert english != dutch
    assert mistakes_in(right) == ()
    assert set(SENTENCES) == set(MistakeKind)


@pytest.mark.parametrize(
    "written", ["{{ 123 }}", "{{ 2x }}", "{{ ! }}", "{{ é }}", "{{ A" + "b" * 500 + " }}", "{{ ㊗ }}"]
)
def test_what_is_advised_can_be_read(written: str) -> None:
    (mistake,) = mistakes_in(written)
    right = what_is_wrong(mistake).rsplit("{{", 1)[1]
    assert mistakes_in("{{" + right.removesuffix(".")) == ()


def test_it_is_said_when_an_answer_is_refused_and_in_the_report_of_an_import() -> None:
    (mistake,) = mistakes_in("Een\nTwee {{ Kosten }}")
    with translation.override("nl"):
        assert str(VariableCannotBeRead(field="answer", mistake=mistake)) == wrong_on_line(mistake)
        assert wrong_on_line(mistake).startswith("Regel 2: “{{ Kosten }}” is geen naam")
        remark = Remark(RemarkKind.MALFORMED_VARIABLE, "answer_en", "{{ Kosten }}")
        assert "{{ kosten }}." in sentence_of(remark)
        assert "answer_en" in sentence_of(remark)
        assert "te lezen is:" in sentence_of(Remark(RemarkKind.MALFORMED_VARIABLE, "answer", "vreemd"))
