"""Packs the word lists of the search from the files their makers publish; see SOURCES.md beside the data."""

from __future__ import annotations

import argparse
import csv
import lzma
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aanspreekpunt.common.folding import fold

DATA = Path(__file__).resolve().parents[1] / "aanspreekpunt/knowledge/finding/data"
_SHORTEST_VERB = 4
_PLAIN = re.compile(r"[a-z]{2,28}")
_PARTICLES = (
    "aan",
    "achter",
    "af",
    "binnen",
    "bij",
    "door",
    "in",
    "langs",
    "mee",
    "na",
    "om",
    "onder",
    "op",
    "over",
    "rond",
    "samen",
    "tegen",
    "terug",
    "toe",
    "uit",
    "vast",
    "voor",
    "vrij",
    "weg",
    "af",
    "klaar",
    "schoon",
)


def main() -> None:
    """Read the folder with the published lists and write ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds basiswoorden-gekeurd.txt, corrections.tsv and the others")
    folder = parser.parse_args().folder
    words = _words(folder / "basiswoorden-gekeurd.txt")
    _pack("words.txt.xz", sorted(words))
    _pack("particle_verbs.txt.xz", sorted(_particle_verbs(words)))
    _pack("corrections.tsv.xz", _corrections(folder / "corrections.tsv"))
    _pack("odwn_synonyms.tsv.xz", _synonyms(folder / "odwn_synonyms.tsv", words))
    _write("stopwords.txt", sorted(set((folder / "stopwords-nl.txt").read_text(encoding="utf-8").split())))


def _words(file: Path) -> set[str]:
    folded = (fold(line.strip()).replace(" ", "") for line in file.read_text(encoding="utf-8").splitlines())
    return {word for word in folded if _PLAIN.fullmatch(word)}


def _particle_verbs(words: set[str]) -> set[str]:
    """Verbs that fall apart in a sentence: *aanvragen*, "u vraagt aan"; written as particle, space, rest."""
    return {
        f"{particle} {rest}"
        for word in words
        if word.endswith("en")
        for particle in _PARTICLES
        if word.startswith(particle) and (rest := word.removeprefix(particle)) in words and len(rest) >= _SHORTEST_VERB
    }


def _corrections(file: Path) -> list[str]:
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    pairs = {(fold(row[0]), fold(row[1])) for row in rows if len(row) > 1 and row[1].strip()}
    return sorted(f"{wrong}\t{right}" for wrong, right in pairs if wrong != right and _PLAIN.fullmatch(wrong))


def _synonyms(file: Path, words: set[str]) -> list[str]:
    """Single words only, at most six for each, in the order of the source."""
    lines = []
    with file.open(encoding="utf-8", newline="") as rows:
        for lemma, *others in csv.reader(rows, delimiter="\t"):
            same = [fold(each) for each in others]
            kept = list(dict.fromkeys(each for each in same if each in words and each != fold(lemma)))[:6]
            if kept and fold(lemma) in words:
                lines.append("\t".join((fold(lemma), *kept)))
    return sorted(lines)


def _pack(name: str, lines: list[str]) -> None:
    (DATA / name).write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(name, len(lines), "lines", (DATA / name).stat().st_size, "bytes")


def _write(name: str, lines: list[str]) -> None:
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
