"""Answers from a file and to one: each row on its own, again and again, in every shape."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.exchange.kennisartikel import Organisation
from aanspreekpunt.knowledge.exchange.names import UplNames
from aanspreekpunt.knowledge.exchange.shapes import Shape, Surroundings, write_answers
from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.operations.importing import Imported, Known, Wish, import_answers
from aanspreekpunt.knowledge.operations.writing import Base, newest_version, save_draft, withdraw
from aanspreekpunt.knowledge.queries.exporting import answers_to_exchange
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UPL = {"paspoort": "http://standaarden.overheid.nl/owms/terms/paspoort"}
KNOWN = Known(product_keys={"paspoort"}, upl=UPL)
ORGANISATION = Organisation("https://www.lindervoort.example", "http://owms.example/Lindervoort", "Lindervoort")
PASSPORT = {"key": "pas", "question": "Hoe kom ik aan een pas?", "answer": "Kom langs.", "upl_names": ["paspoort"]}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def lines(*rows: dict[str, Any] | str) -> bytes:
    """Write rows as JSON Lines; a text stands for a line as it is."""
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def bring_in(content: bytes, shape: Shape = Shape.JSON_LINES, **wish: Any) -> list[Imported]:
    file = io.BytesIO(content)
    return list(import_answers(file=file, shape=shape, known=KNOWN, wish=Wish(**wish), by=SYSTEM, at=MONDAY))


def exported(shape: Shape, *, with_internal: bool = False) -> bytes:
    given = Surroundings(UplNames(UPL), ORGANISATION, MONDAY)
    return b"".join(write_answers(answers_to_exchange(with_internal=with_internal), shape=shape, given=given))


def test_a_bad_row_is_named_and_never_loses_the_others() -> None:
    rows = bring_in(
        lines(
            PASSPORT,
            "{geen json",
            {"key": "leeg", "question": "Vraag?"},
            {**PASSPORT, "key": "vreemd", "upl_names": ["bestaat niet"]},
            {"key": "kapot", "question": "V?", "answer": "Kost niets.", "desk_note": "Kost {{ Nee }}."},
            {"key": "weg", "question": "V?", "answer": "A.", "state": "withdrawn"},
            {"key": "laatste", "question": "En nu?", "answer": "Klaar."},
        )
    )
    assert [(row.number, row.outcome, row.field) for row in rows] == [
        (1, "created", ""),
        (2, "refused", ""),
        (3, "refused", "answer"),
        (4, "refused", "upl_names"),
        (5, "refused", "desk_note"),
        (6, "refused", "state"),
        (7, "created", ""),
    ]
    assert all(row.reason for row in rows if row.outcome == "refused")
    assert "Write {{ nee }}." in rows[4].reason
    assert set(Article.objects.values_list("key", flat=True)) == {"pas", "laatste"}


def test_the_same_file_again_changes_nothing_and_another_text_changes_one() -> None:
    bring_in(lines(PASSPORT))
    assert [row.outcome for row in bring_in(lines(PASSPORT))] == ["unchanged"]
    assert [row.outcome for row in bring_in(lines({**PASSPORT, "answer": "Bel ons."}))] == ["changed"]
    assert Version.objects.get().answer == "Bel ons."


def test_what_an_import_did_before_it_was_broken_off_stays_and_is_not_done_twice() -> None:
    rows = [{"key": f"rij-{number}", "question": f"V{number}?", "answer": "A."} for number in range(6)]
    begun = import_answers(
        file=io.BytesIO(lines(*rows)), shape=Shape.JSON_LINES, known=KNOWN, wish=Wish(), by=SYSTEM, at=MONDAY
    )
    for _row in range(3):
        next(begun)
    del begun
    assert Article.objects.count() == 3
    assert [row.outcome for row in bring_in(lines(*rows))] == ["unchanged"] * 3 + ["created"] * 3
    assert Version.objects.count() == 6


def test_trying_keeps_nothing() -> None:
    assert [row.outcome for row in bring_in(lines(PASSPORT), is_only_tried=True)] == ["created"]
    assert not Article.objects.exists()


def test_drafts_unless_published_and_what_needs_values_waits() -> None:
    bring_in(lines(PASSPORT))
    assert Version.objects.get().state == "draft"
    dear = {"key": "duur", "question": "Wat kost dat?", "answer": "Dat kost {{ pas_kosten }}."}
    review = {"key": "later", "question": "Later?", "answer": "Ja.", "state": "review"}
    rows = bring_in(lines(PASSPORT, dear, review), is_published=True)
    assert [row.outcome for row in rows] == ["changed", "created", "created"]
    assert rows[1].remarks == ("Not published. Fill in or confirm these local values first: pas_kosten.",)
    assert dict(Version.objects.values_list("article__key", "state")) == {
        "pas": "published",
        "duur": "draft",
        "later": "draft",
    }
    make_value("pas_kosten", "€ 86", at=MONDAY)
    assert bring_in(lines(dear), is_published=True)[0].outcome == "changed"
    assert Version.objects.get(article__key="duur").state == "published"


def test_what_somebody_is_writing_is_not_overwritten() -> None:
    bring_in(lines(PASSPORT))
    version = newest_version(Article.objects.get())
    mine = Content(question="Mijn vraag?", answer="Mijn antwoord.")
    save_draft(article=version.article, content=mine, base=Base.of(version), by=make_editor(), at=MONDAY)
    (row,) = bring_in(lines(PASSPORT))
    assert (row.outcome, row.field) == ("refused", "key")
    assert Version.objects.get().answer == "Mijn antwoord."


def test_owners_and_what_is_not_here() -> None:
    carla, dora = make_editor(), make_editor("Dora")
    named = {**PASSPORT, "owner": dora.email.upper(), "product_keys": ["paspoort", "elders"], "team_keys": ["niemand"]}
    unknown = {"key": "b", "question": "B?", "answer": "B.", "owner": "weg@elders.example"}
    first, second = bring_in(lines(named, unknown), owner=carla)
    assert dict(Article.objects.values_list("key", "owner__name")) == {"pas": "Dora", "b": "Carla"}
    assert Version.objects.get(article__key="pas").product_keys == ["paspoort"]
    assert len(first.remarks) == 2
    assert len(second.remarks) == 1


def make_two() -> None:
    """Make a published answer with everything in it, and a draft."""
    make_answer(
        "pas",
        question="Hoe kom ik aan een pas?",
        answer="Kom **langs**.",
        desk_note="Alleen voor de balie.",
        ask=("Waarvoor?",),
        upl_names=("paspoort",),
        audience=("resident",),
        at=MONDAY,
    )
    make_answer("geheim", answer="Nog niet af.", is_published=False, at=MONDAY)


@pytest.mark.parametrize("shape", list(Shape))
def test_drafts_and_notes_leave_only_when_asked(shape: Shape) -> None:
    make_two()
    for secret in ("Alleen voor de balie", "Waarvoor?", "Nog niet af"):
        assert secret not in exported(shape).decode()
    assert "Kom **langs**." in json.loads(json.dumps(exported(shape).decode()))
    assert "Nog niet af" in exported(shape, with_internal=True).decode()


@pytest.mark.parametrize("shape", list(Shape))
def test_what_leaves_comes_back_as_it_was(shape: Shape) -> None:
    make_two()
    before = exported(shape)
    rows = bring_in(before, shape, is_published=True)
    assert [row.outcome for row in rows if row.outcome == "refused"] == []
    assert Article.objects.count() == 2
    published = Version.objects.get(article__key="pas", state="published")
    assert (published.answer, published.desk_note, published.ask) == (
        "Kom **langs**.",
        "Alleen voor de balie.",
        ["Waarvoor?"],
    )
    assert [row.outcome for row in bring_in(before, shape, is_published=True)] == ["unchanged"]


def test_of_several_versions_the_one_readers_see_leaves_and_a_withdrawn_one_is_internal() -> None:
    make_two()
    article = Article.objects.get(key="pas")
    version = newest_version(article)
    save_draft(
        article=article, content=Content(question="V?", answer="Nieuw."), base=Base.of(version), by=SYSTEM, at=MONDAY
    )
    assert [row.answer for row in answers_to_exchange()] == ["Kom **langs**."]
    assert [(row.key, row.state) for row in answers_to_exchange(with_internal=True)] == [
        ("geheim", "draft"),
        ("pas", "published"),
    ]
    withdraw(article=article, reason="Niet meer waar.", by=SYSTEM, at=MONDAY)
    assert list(answers_to_exchange()) == []
