"""How fast the search in memory is, and what it takes, next to a floor: the bare sums over its letters and stems.

    python -m bench.search [--articles 5000] [--seed 7]

Needs no database. The articles are made of the sentences of the starter base, each with some words of its own.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.evaluation import baselines
from aanspreekpunt.knowledge.finding.index import Index
from bench.report import print_columns

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1] / "aanspreekpunt"
ARTICLES = ROOT / "knowledge/starter/answers"
QUESTIONS = ROOT / "knowledge/finding/tests/data/questions.yaml"
_OTHER_SENTENCES, _OWN_WORDS = 6, 3


def main() -> None:
    """Build an index of many articles, search in it, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5_000, help="how many articles")
    parser.add_argument("--seed", type=int, default=7, help="which draw of sentences")
    options = parser.parse_args()
    documents = _documents(options.articles, random.Random(options.seed))
    before = _megabytes()
    index, cold = _timed(lambda: Index.build(documents))
    after = _megabytes()
    index, warm = _timed(lambda: Index.build(documents))
    print(
        f"{len(documents):,} articles: first build {cold:.2f} s, next {warm:.2f} s of CPU, "
        f"{after - before:.0f} MB more memory\n"
    )
    _print_speeds(index, documents)


def _print_speeds(index: Index, documents: list[Document]) -> None:
    whole = [text for kinds in _read(QUESTIONS).values() for texts in kinds.values() for text in texts]
    typed = [text[:length] for text in whole[::4] for length in range(2, len(text) + 1)]
    stems, pieces = baselines.stems(documents), baselines.pieces(documents)
    lines = [("search", "searches", "p50 ms", "p95 ms", "a second on one core")]
    for name, texts, search in (
        ("whole questions", whole, index.search),
        ("at every key", typed, lambda text: index.search(text, typing=True)),
        ("floor: stems only", whole, lambda text: stems.search(text, limit=10)),
        ("floor: 4 letters only", whole, lambda text: pieces.search(text, limit=10)),
    ):
        lines.append(_speed(name, texts, search))
    print_columns(lines)


def _speed(name: str, texts: list[str], search: Callable[[str], Any]) -> tuple[str, ...]:
    """Return the processor time of each search, after a first round that fills what is remembered."""
    for text in texts[:50]:
        search(text)
    spent = sorted(1000 * _timed(lambda text=text: search(text))[1] for text in texts)
    p50, p95 = spent[len(spent) // 2], spent[int(len(spent) * 0.95)]
    return name, f"{len(texts):,}", f"{p50:.2f}", f"{p95:.2f}", f"{1000 * len(spent) / sum(spent):,.0f}"


def _documents(count: int, chance: random.Random) -> list[Document]:
    articles = [article for file in sorted(ARTICLES.glob("*.yaml")) for article in _read(file)]
    sentences = [sentence for article in articles for sentence in article["answer"].split(". ")]
    words = [word for article in articles for word in re.findall(r"[a-z]{5,}", article["answer"])]
    documents = []
    for number in range(count):
        article = chance.choice(articles)
        own = [*article["answer"].split(". "), *chance.sample(sentences, _OTHER_SENTENCES)]
        chance.shuffle(own)
        own.append(" ".join(chance.choice(words) + chance.choice(words) for _word in range(_OWN_WORDS)))
        documents.append(
            Document(
                id=str(number), title=article["question"], body=". ".join(own), words=tuple(article["search_words"])
            )
        )
    return documents


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.process_time()
    result = work()
    return result, time.process_time() - begin


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
