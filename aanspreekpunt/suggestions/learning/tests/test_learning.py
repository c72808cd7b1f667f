"""Learning labels from texts: what is learned, what never is, and how sure it may be."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from aanspreekpunt.suggestions.learning.evaluation import evaluate
from aanspreekpunt.suggestions.learning.examples import Example
from aanspreekpunt.suggestions.learning.keeping import MOST_BYTES, NotAModel, from_bytes, to_bytes
from aanspreekpunt.suggestions.learning.model import SILENT
from aanspreekpunt.suggestions.learning.quality import (
    LEAST_SURE,
    Quality,
    calibration_error,
    measure,
    temperature_for,
    threshold_for,
)
from aanspreekpunt.suggestions.learning.tests.make import make_examples
from aanspreekpunt.suggestions.learning.training import NothingToLearn, Trained, hold_out, train
from aanspreekpunt.suggestions.learning.vocabulary import FEWEST_SOURCES, vocabulary_of
from aanspreekpunt.suggestions.learning.words import tokens


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(make_examples(200))


def test_it_says_what_a_text_is_about_and_which_words_say_so(trained: Trained) -> None:
    guess = trained.model.guesses("Goedemorgen, mijn KLIKO is niet geleegd")[0]
    assert guess.label == "afval"
    assert guess.certainty > 0.5
    assert guess.reasons[0] in {"KLIKO", "geleegd"}
    assert set(guess.reasons) <= {"Goedemorgen", "mijn", "KLIKO", "niet", "geleegd"}


def test_it_understands_a_word_typed_wrong_by_its_letters(trained: Trained) -> None:
    assert trained.model.guesses("mijn parkeervergunnig")[0].label == "parkeren"


def test_it_gives_three_labels_the_surest_first_and_certainties_of_one_together(trained: Trained) -> None:
    guesses = trained.model.guesses("tak op mijn auto")
    assert len(guesses) == 3
    assert sorted((guess.certainty for guess in guesses), reverse=True) == [guess.certainty for guess in guesses]
    assert trained.model.certainties("tak op mijn auto").sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "12345 67", "\x00\x01", "ß¤🙂"])
def test_it_says_nothing_about_a_text_without_a_known_word(trained: Trained, text: str) -> None:
    assert trained.model.guesses(text) == []


def test_a_text_of_a_megabyte_is_read_in_part_and_quickly(trained: Trained) -> None:
    assert trained.model.guesses("kliko " * 200_000)[0].label == "afval"


def test_the_same_examples_give_the_same_model(trained: Trained) -> None:
    assert to_bytes(train(make_examples(200)).model) == to_bytes(trained.model)


def test_numbers_and_addresses_are_no_words() -> None:
    words = {token.folded for token in tokens("Bel 06-12345678 of mail jan.jansen@example.org, 1234AB, www.x.nl/pad")}
    assert words == {"bel", "of", "mail"}


def test_what_few_people_said_is_not_in_the_model() -> None:
    said = [Example(f"kliko van mevrouw Vandervoorst {number}", "afval", "one person") for number in range(50)]
    said += [Example("kliko van Hoogeboomsma", "afval", f"neighbour {number}") for number in range(FEWEST_SOURCES - 1)]
    model = train([*make_examples(120), *said]).model
    everything = " ".join(model.vocabulary.features)
    content = to_bytes(model)
    assert "vandervoorst" not in everything
    assert "oorst" not in everything
    assert "ebooms" not in everything
    assert "kliko" in everything
    assert b"vandervoorst" not in content


def test_public_words_may_be_learned_from_one_text() -> None:
    public = [Example("Vooruitbetalingsregeling", "belasting", is_public=True)] * 2
    vocabulary = vocabulary_of([*make_examples(40), *public], room=5000)
    assert "=vooruitbetalingsregeling" in vocabulary.numbers


def test_without_past_questions_it_learns_from_names_and_stays_careful() -> None:
    names = [Example(word, label, is_public=True) for label, words in _names().items() for word in words]
    cold = train(names)
    assert cold.learned_from == 0
    assert cold.model.guesses("de kliko")[0].label == "afval"
    assert cold.model.threshold >= 0.7


def test_one_label_teaches_nothing() -> None:
    with pytest.raises(NothingToLearn):
        train([Example("kliko", "afval"), Example("bak", "afval"), Example("boom", "bomen")])


def test_a_person_is_held_out_whole() -> None:
    examples = [replace(example, source=f"person {number % 20}") for number, example in enumerate(make_examples(100))]
    folds = hold_out(examples).folds
    assert all(len({folds[row] for row in range(100) if row % 20 == person}) == 1 for person in range(20))


def test_the_same_words_of_others_are_held_out_with_them() -> None:
    examples = make_examples(40) + [replace(each, source=f"echo {each.source}") for each in make_examples(40)]
    folds = hold_out(examples).folds
    assert (folds[:40] == folds[40:]).all()


def test_two_labels_are_enough() -> None:
    two = [example for example in make_examples(120) if example.label in {"afval", "bomen"}]
    model = train(two).model
    assert model.guesses("eik kappen")[0].label == "bomen"
    assert model.guesses("kliko legen")[0].label == "afval"


# How sure it may be.


def test_certainties_come_true_as_often_as_they_say(trained: Trained) -> None:
    assert trained.quality.calibration_error < 0.15
    assert trained.quality.accuracy > 0.8


def test_a_handful_of_texts_does_not_make_it_sure() -> None:
    scores = np.array([[1, -1], [-1, 1]], np.float32)
    assert temperature_for(scores, np.array([0, 1])) > 0.08


def test_random_labels_leave_it_silent() -> None:
    mixed = [
        replace(example, label=str((number * 7919) % 5)) for number, example in enumerate(make_examples(150, seed=3))
    ]
    shuffled = [
        replace(example, text=other.text) for example, other in zip(mixed, make_examples(150, seed=9), strict=True)
    ]
    result = train(shuffled)
    assert result.quality.shown < 0.2


def test_the_threshold_keeps_to_the_precision_and_needs_texts_enough() -> None:
    best = np.linspace(0.99, 0.3, 100).astype(np.float32)
    certain = np.stack([best, 1 - best], axis=1)
    wrong_when_unsure = np.where(best > 0.6, 0, 1)
    threshold = threshold_for(certain, wrong_when_unsure, precision=0.9)
    shown = certain.max(axis=1) >= threshold
    assert (certain.argmax(axis=1) == wrong_when_unsure)[shown].mean() >= 0.9
    assert threshold >= LEAST_SURE
    assert threshold_for(certain[:10], wrong_when_unsure[:10]) == SILENT


def test_calibration_error_is_nought_when_certainty_and_truth_agree() -> None:
    assert calibration_error(np.full(10, 0.75, np.float32), np.array([True] * 7 + [False] * 3)) == pytest.approx(0.05)
    assert calibration_error(np.empty(0, np.float32), np.empty(0, bool)) == 0


def test_worse_means_worse_by_more_than_chance() -> None:
    certain = np.full((400, 2), 0.5, np.float32)
    certain[:, 0], certain[:, 1] = 0.8, 0.2
    right = np.zeros(400, int)
    good = measure(certain, right, threshold=0.7)
    bad = measure(certain[:, ::-1], right, threshold=0.7)
    assert bad.is_worse_than(good)
    assert not good.is_worse_than(bad)
    assert not good.is_worse_than(good)
    assert Quality(**good.as_dict()).texts == 400


# Keeping it.


def test_a_model_comes_back_as_it_was(trained: Trained) -> None:
    back = from_bytes(to_bytes(trained.model))
    assert back.guesses("boom snoeien") == trained.model.guesses("boom snoeien")


class Bomb:
    """Runs something when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("raise SystemExit('ran')",))


def test_nothing_that_runs_is_ever_read(trained: Trained) -> None:
    bomb = io.BytesIO()
    np.savez(bomb, weights=np.array([Bomb()], dtype=object), allow_pickle=True)
    good = to_bytes(trained.model)
    for content in (b"", b"nonsense", pickle.dumps(Bomb()), bomb.getvalue(), good[:-100], bytes(MOST_BYTES + 1)):
        with pytest.raises(NotAModel):
            from_bytes(content)


def test_a_model_whose_parts_do_not_fit_is_refused(trained: Trained) -> None:
    model = trained.model
    for broken in (
        replace(model, labels=model.labels[:-1]),
        replace(model, prior=model.prior * np.float32("nan")),
        replace(model, weights=model.weights[:-1]),
        replace(model, temperature=0.0),
    ):
        with pytest.raises(NotAModel):
            from_bytes(to_bytes(broken))


def test_suggesting_does_not_load_what_only_learning_needs() -> None:
    code = (
        "import sys; import aanspreekpunt.suggestions.learning.keeping, aanspreekpunt.suggestions.learning.model;"
        "sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run((sys.executable, "-c", code), check=False).returncode == 0  # noqa: S603 - our own line


# Measuring.


def test_it_is_measured_next_to_two_plain_ways() -> None:
    outcome = evaluate(make_examples(160))
    ways = {way.name: way for way in outcome.ways}
    assert set(ways) == {"nightly", "every word", "words only", "most frequent"}
    assert ways["most frequent"].accuracy < ways["words only"].accuracy
    assert sum(each.texts for each in outcome.per_label) == outcome.texts == 160
    assert all(0 <= each.precision <= 1 and 0 <= each.recall <= 1 for each in outcome.per_label)


def _names() -> dict[str, list[str]]:
    return {
        "afval": ["kliko", "container", "afval", "vuilnisbak"],
        "paspoort": ["paspoort", "reisdocument", "identiteitskaart"],
        "bomen": ["boom", "bomen kappen", "snoeien"],
    }
