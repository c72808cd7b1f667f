"""The answers we ship pass our own meter."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from aanspreekpunt.knowledge.readability.findings import Kind, Level
from aanspreekpunt.knowledge.readability.meter import measure
from aanspreekpunt.knowledge.rules.links import LinkKind, links_in
from aanspreekpunt.knowledge.rules.values import mistakes_in

FILES = sorted((Path(__file__).parents[1] / "starter" / "answers").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_answer_reads_plainly(file: Path) -> None:
    hard = {}
    for row in yaml.safe_load(file.read_text(encoding="utf-8")):
        for language, text in (("nl", row["answer"]), ("en", row.get("answer_en") or "")):
            reading = measure(text, "nl" if language == "nl" else "en")
            kinds = {finding.kind for finding in reading.findings} & {Kind.MIXED_ADDRESS, Kind.SHORT_FORM}
            dangers = [link for link in links_in(text) if link.kind is LinkKind.DANGEROUS]
            is_plain = reading.is_plain if language == "nl" else reading.level in {Level.A2, Level.B1}
            if not is_plain or kinds or dangers or mistakes_in(text):
                hard[row["key"], language] = (reading.level, reading.figures.longest_sentence, kinds)
    assert not hard
