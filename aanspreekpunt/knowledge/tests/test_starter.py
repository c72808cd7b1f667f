"""The starter base: complete, consistent, plain, and free of any one municipality."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from statistics import mean

import pytest

import aanspreekpunt
from aanspreekpunt.knowledge.starter.reading import (
    StarterAnswer,
    StarterBaseIsWrong,
    StarterValue,
    starter_answers,
    starter_referrals,
    starter_values,
)

ANSWERS = starter_answers()
VALUES = starter_values()
REFERRALS = starter_referrals()

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
VALUE_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
PLACEHOLDER = re.compile(r"\{\{ ([a-z0-9_]+) \}\}")
SENTENCE_END = re.compile(r"[.!?:][*')]*(?=\s|$)|\n")
WORD = re.compile(r"[0-9A-Za-zÀ-ÿ][0-9A-Za-zÀ-ÿ.,'/-]*")

KINDS = {"money", "text", "phone", "email", "url", "hours", "days", "date", "number"}
LONGEST_SENTENCE = 20
LONGEST_ON_AVERAGE = 12

# These describe the municipality as a whole, and stand ready for any text.
SHARED = {value.key for value in VALUES if value.theme == "gemeente"}


def texts_of(answer: StarterAnswer) -> tuple[str, ...]:
    return (
        answer.question,
        answer.question_en,
        answer.answer,
        answer.answer_en,
        answer.desk_note,
        *answer.ask,
        *answer.links,
    )


def filled(text: str) -> str:
    examples = {value.key: value.example for value in VALUES}
    return PLACEHOLDER.sub(lambda found: examples[found.group(1)], text)


def sentence_lengths(text: str) -> list[int]:
    return [length for part in SENTENCE_END.split(filled(text)) if (length := len(WORD.findall(part)))]


def by_key(entry: StarterAnswer | StarterValue) -> str:
    return entry.key


each_answer = pytest.mark.parametrize("answer", ANSWERS, ids=by_key)


def test_keys_are_unique_over_the_whole_base() -> None:
    keys = [answer.key for answer in ANSWERS] + [referral.key for referral in REFERRALS]
    assert [key for key in keys if keys.count(key) > 1] == []
    assert [key for key in keys if not SLUG.fullmatch(key)] == []
    assert [value.key for value in VALUES if not VALUE_KEY.fullmatch(value.key)] == []


def test_no_question_is_asked_twice() -> None:
    questions = [answer.question.casefold() for answer in ANSWERS]
    assert [question for question in questions if questions.count(question) > 1] == []


def test_every_value_used_exists_and_every_value_is_used() -> None:
    used = {key for answer in ANSWERS for text in texts_of(answer) for key in PLACEHOLDER.findall(text)}
    used |= {
        key
        for referral in REFERRALS
        for text in (referral.description, referral.description_en, referral.refer_to.text, referral.refer_to.text_en)
        for key in PLACEHOLDER.findall(text)
    }
    known = {value.key for value in VALUES}
    assert used - known == set()
    assert known - used - SHARED == set()


@each_answer
def test_braces_only_stand_around_a_value(answer: StarterAnswer) -> None:
    for text in texts_of(answer):
        assert not re.search(r"[{}]", PLACEHOLDER.sub("", text)), text


@pytest.mark.parametrize("value", VALUES, ids=by_key)
def test_a_value_is_complete(value: StarterValue) -> None:
    assert value.kind in KINDS
    assert value.scope in {"local", "national"}
    assert value.label
    assert value.label_en
    assert value.example
    assert not value.example.endswith(".")
    assert value.example_en != value.example
    if value.kind == "money":
        assert value.example.startswith("€ ")


def test_the_products_are_in_the_uniforme_productnamenlijst() -> None:
    file = Path(aanspreekpunt.__file__).parent / "catalogue" / "data" / "upl.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        names = {row["UniformeProductnaam"] for row in csv.DictReader(lines)}
    used = {name for entry in (*ANSWERS, *REFERRALS) for name in entry.upl}
    assert used - names == set()


@each_answer
def test_an_answer_is_complete(answer: StarterAnswer) -> None:
    assert answer.question.endswith(("?", "."))
    assert answer.answer
    assert bool(answer.question_en) == bool(answer.answer_en)
    assert set(answer.audience) <= {"resident", "business"}
    assert answer.audience
    assert len(answer.search_words) == len(set(answer.search_words)) >= 3
    assert len(answer.ask) <= 4


@each_answer
def test_an_answer_is_plain(answer: StarterAnswer) -> None:
    lengths = sentence_lengths(answer.answer)
    assert max(lengths) <= LONGEST_SENTENCE
    assert mean(lengths) <= LONGEST_ON_AVERAGE


@each_answer
def test_an_answer_names_no_municipality_of_its_own(answer: StarterAnswer) -> None:
    for text in (*texts_of(answer), *answer.search_words):
        assert "lindervoort" not in text.casefold()


def test_the_english_uses_no_values_that_the_dutch_does_not() -> None:
    for answer in ANSWERS:
        if answer.answer_en:
            assert set(PLACEHOLDER.findall(answer.answer_en)) <= set(PLACEHOLDER.findall(answer.answer)), answer.key


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "- {key: a, label: A, label_en: A, kind: text, scope: local, example: x, colour: red}",
            "a: unknown field: colour",
        ),
        ("- {key: a, label: A, kind: text, scope: local, example: x}", "a: missing field: label_en"),
        ("- {key: a, label: A, label_en: A, kind: text, scope: local, example: 5}", "a, example: a text is needed"),
        (
            "- {key: a, label: A, label: B, label_en: A, kind: text, scope: local, example: x}",
            "label stands here twice",
        ),
        ("- {label: A}", "entry 1: there is no key"),
        ("key: a", "the file is not a list"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "values").mkdir()
    (tmp_path / "values" / "wrong.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(StarterBaseIsWrong, match=re.escape("values/wrong.yaml")) as refused:
        starter_values(tmp_path)
    assert reason in str(refused.value)


def test_a_key_that_stands_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "values").mkdir()
    for name in ("one", "two"):
        text = "- {key: same, label: A, label_en: A, kind: text, scope: local, example: x}"
        (tmp_path / "values" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(StarterBaseIsWrong, match=r"values/two\.yaml, same: "):
        starter_values(tmp_path)


def test_a_referral_needs_a_way_to_go_on(tmp_path: Path) -> None:
    row = "- {key: a, name: A, name_en: A, everyday_names: [], upl: [], description: A, description_en: A"
    (tmp_path / "referrals.yaml").write_text(f"{row}}}", encoding="utf-8")
    with pytest.raises(StarterBaseIsWrong, match="refer_to is missing"):
        starter_referrals(tmp_path)
    (tmp_path / "referrals.yaml").write_text(
        f"{row}, refer_to: {{name: A, text: A, text_en: A, fax: '1'}}}}", encoding="utf-8"
    )
    with pytest.raises(StarterBaseIsWrong, match="a: unknown field: fax"):
        starter_referrals(tmp_path)
    (tmp_path / "referrals.yaml").write_text(f"{row}, refer_to: {{name: A, text: A, text_en: A}}}}", encoding="utf-8")
    assert [referral.refer_to.phone for referral in starter_referrals(tmp_path)] == [""]
