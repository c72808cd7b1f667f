"""What somebody meets who types in the search box of the portal: suggestions at every key, over HTTP, at 5,000 answers.

python -m bench.suggestions [--answers 5000] [--seconds 10]

The floor in the same run is the same view with an empty box: all of the request except the search. "At every key" goes
through more beginnings than a process remembers; "as people type" has some questions far more often than others.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import yaml

from bench import installation
from bench.load import Browser, put_under_load, request
from bench.processors import database_pid, memory_of_workers, used
from bench.report import Row, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = Path(__file__).resolve().parents[1] / "aanspreekpunt/knowledge/finding/tests/data/questions.yaml"
PATH = "/zoeken/terwijl-u-typt/"
_ORIGIN = "bench"
_SHORTEST = 20
"""Letters of a sentence that says something."""
_PEOPLE = 1_000


def main() -> None:
    """Bring the answers to number, serve, type and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--answers", type=int, default=5_000, help="how many published answers")
    parser.add_argument("--seconds", type=float, default=10, help="how long each measurement takes")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    try:
        installation.grow_to(0)
        answers = _grow_answers_to(options.answers)
        print(f"{answers:,} published answers; the column of contacts tells answers here.\n")
        print_table(_measure(answers, options.seconds))
    finally:
        _forget_answers()
        installation.stop_database()


def _measure(answers: int, seconds: float) -> list[Row]:
    from django.conf import settings  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415

    database = database_pid(settings.EMBEDDED_DIR)
    connections.close_all()
    rows: list[Row] = []
    with installation.serving() as site:
        for name, texts in (
            ("an empty box", [""]),
            ("at every key", _typed()),
            ("whole questions", _questions()),
            ("as people type", _as_people_type()),
        ):
            typist = _Typist(Browser(site.port, b"200"), texts)
            put_under_load(typist.work, seconds=3)
            before = used(web=site.pid, database=database)
            load = put_under_load(typist.work, seconds=seconds)
            floor = rows[0].load.per_second if rows else 0.0
            rows.append(Row(name, answers, load, before, used(web=site.pid, database=database), floor))
        print(f"Memory of the web workers: {', '.join(f'{mb} MB' for mb in memory_of_workers(site.pid))}.\n")
    return rows


@dataclass(frozen=True, slots=True)
class _Typist:
    """Sends what stands in the box, again and again; each client begins elsewhere."""

    browser: Browser
    texts: list[str]

    def work(self, number: int, until: float) -> list[float]:
        """Work as client `number`."""
        start = number * len(self.texts) // 8
        return self.browser.work(self._requests(start), until)

    def _requests(self, start: int) -> Iterator[bytes]:
        bodies = [urlencode({"q": text}).encode() or b"q=" for text in self.texts[start:] + self.texts[:start]]
        return cycle([request("POST", PATH, cookies="", body=body) for body in bodies])


def _questions() -> list[str]:
    read = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    return [text for kinds in read.values() for texts in kinds.values() for text in texts]


def _typed() -> list[str]:
    return [text[:length] for text in _questions()[::4] for length in range(2, len(text) + 1)]


def _as_people_type() -> list[str]:
    """Return what many people type one after the other: some questions far more often than others, none to its end."""
    chance, questions = random.Random(3), _questions()
    often = [1 / rank for rank in range(1, len(questions) + 1)]
    asked = chance.choices(chance.sample(questions, len(questions)), often, k=_PEOPLE)
    return [text[:length] for text in asked for length in range(2, chance.randint(4, len(text)) + 1)]


def _grow_answers_to(count: int) -> int:
    """Add answers made of sentences of the starter base until there are so many; return how many there are."""
    from django.db import connection, transaction  # noqa: PLC0415 - after `installation.begin`
    from django.utils import timezone  # noqa: PLC0415

    from aanspreekpunt.knowledge.models import Article, Version  # noqa: PLC0415
    from aanspreekpunt.knowledge.starter.reading import starter_answers  # noqa: PLC0415

    _forget_answers()
    chance, now, base = random.Random(7), timezone.now(), starter_answers()
    sentences = [
        line for answer in base for line in answer.answer.splitlines() if len(line) > _SHORTEST and "{{" not in line
    ]
    missing = count - Version.objects.filter(state="published").count()
    with transaction.atomic():
        articles = Article.objects.bulk_create(
            (Article(key=f"bench-{number}", origin=_ORIGIN, changed_at=now) for number in range(max(0, missing))),
            batch_size=500,
        )
        versions = (
            Version(
                article=article,
                number=1,
                state="published",
                question=chance.choice(base).question,
                answer="\n\n".join(chance.sample(sentences, 8)),
                written_at=now,
                approved_at=now,
            )
            for article in articles
        )
        Version.objects.bulk_create(versions, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE knowledge_version")
    return Version.objects.filter(state="published").count()


def _forget_answers() -> None:
    from django.db import transaction  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.knowledge.models import Article, Version  # noqa: PLC0415

    with transaction.atomic():
        Version.objects.filter(article__origin=_ORIGIN).delete()
        Article.objects.filter(origin=_ORIGIN).delete()


if __name__ == "__main__":
    main()
