"""Measuring suggestions on a file of one's own, and what the check says of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone, translation

from aanspreekpunt.operating.command import main
from aanspreekpunt.operating.suggesting import check_suggestions
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.promises.operations import keep_at_desk
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.suggestions.learning.tests.make import make_examples
from aanspreekpunt.suggestions.models import LearnedModel
from aanspreekpunt.suggestions.tests.make import make_learned, make_products

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    translation.activate("nl")


def write(file: Path, *, delimiter: str = ",", head: tuple[str, str] = ("text", "label"), count: int = 80) -> Path:
    rows = [head, *((f'"{each.text}"', each.label) for each in make_examples(count))]
    file.write_text("\n".join(delimiter.join(row) for row in rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_file_is_measured_next_to_plain_ways_whatever_stands_between_its_columns(
    delimiter: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "vragen.csv", delimiter=delimiter)
    assert main(["knowledge", "evaluate-suggestions", str(file)]) == 0
    said = capsys.readouterr().out
    assert "80 teksten, 4 labels" in said
    for name in ("voorstel, zoals hier elke nacht", "eenvoudig: hele woorden", "altijd het vaakste", "paspoort"):
        assert name in said


def test_the_columns_may_have_other_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "meldingen.csv", delimiter=";", head=("melding", "soort"))
    command = ["knowledge", "evaluate-suggestions", str(file), "--text-column", "melding", "--label-column", "soort"]
    assert main(command) == 0
    assert "4 labels" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", ':1: er is geen kolom "text"'),
        (b"a,b\n1,2\n", ':1: er is geen kolom "text"; wel: a, b.'),
        (b"text,label\nkliko,afval\nboom,\n", ':3: er staat niets in kolom "label"'),
        (b"text,label\nkliko,afval\n,bomen\n", ':3: er staat niets in kolom "text"'),
        (b"text,label\nkliko,afval\n\xff\xfe,b\n", ":3: dit is geen UTF-8"),
        (b"text,label\nkliko,afval\nboom,bomen\n", "geen twee labels met elk twee teksten"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(
    content: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fout.csv"
    file.write_bytes(content)
    assert main(["knowledge", "evaluate-suggestions", str(file)]) == 1
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "evaluate-suggestions", str(tmp_path / "geen.csv")]) == 1
    assert "geen.csv" in capsys.readouterr().err


@pytest.mark.django_db
def test_without_a_file_the_questions_here_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    cast = make_cast()
    products = make_products(cast.waste)
    for example in make_examples(24):
        asked = make_asked(text=example.text, product=products[example.label])
        keep_at_desk(asked=asked, by=cast.anna, at=timezone.now())
    make_learned()
    assert main(["knowledge", "evaluate-suggestions"]) == 1  # one team only: that is said, after the products
    printed = capsys.readouterr()
    assert "Product:" in printed.out
    assert "afval" in printed.out
    assert "geen twee labels" in printed.err


@pytest.mark.django_db
def test_the_check_tells_what_is_in_use_and_what_was_kept_aside() -> None:
    assert "nog niets geleerd" in next(iter(check_suggestions())).message
    used = make_learned()
    findings = list(check_suggestions())
    assert [finding.verdict.name for finding in findings] == ["OK"]
    assert "geleerd op" in findings[0].message
    LearnedModel.objects.create(
        target=used.target, state="aside", content=b"", sha256="0" * 64, quality=used.quality, learned_from=1,
        learned_at=used.learned_at + timedelta(hours=1),
    )  # fmt: skip
    findings = list(check_suggestions())
    assert [finding.verdict.name for finding in findings] == ["OK", "WARNING"]
    assert "niet in gebruik genomen" in findings[1].message
