"""Plays the standard interfaces by chance, over HTTP: `python -m bench.standard_fuzz [--seed 1] [--examples 100]`.

What each interface is asked follows from its own document, its seed and what it answered; every answer is held against
the document. The tests do the same within one process, with one seed and few examples.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import installation

ROOTS = ("klantinteracties", "contactgegevens", "notificaties")


def key() -> str:
    """Return the key of a system that may do everything."""
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.journal.actors import SYSTEM  # noqa: PLC0415
    from aanspreekpunt.tokens.choices import Resource, Verb  # noqa: PLC0415
    from aanspreekpunt.tokens.operations import Grant, make_token  # noqa: PLC0415
    from aanspreekpunt.tokens.rules import all_rights  # noqa: PLC0415

    grant = Grant(rights=frozenset(all_rights(Resource.values, Verb.values)), sees_confidential=True)
    at = timezone.now()
    return make_token(name=f"Chance {at:%Y%m%d%H%M%S}", grant=grant, by=SYSTEM, at=at).key


def play_all(*, seed: int, examples: int) -> int:
    """Play every interface, print what came of it, and return how many failures there were."""
    import requests  # noqa: PLC0415 - after `installation.begin`
    from django.db import connections  # noqa: PLC0415
    from schemathesis import openapi  # noqa: PLC0415

    from aanspreekpunt.api.klantinteracties.tests.fuzzing import play, rules, told_more  # noqa: PLC0415

    shown, failures = key(), 0
    connections.close_all()
    with installation.serving() as site:
        for root in ROOTS:
            address = f"http://127.0.0.1:{site.port}/{root}/api/v1"
            document = told_more(requests.get(f"{address}/openapi.json", timeout=30).json())
            schema = openapi.from_dict(document, config=rules(key=shown, seed=seed, examples=examples))
            schema.config.update(base_url=address)
            played = play(schema, seed=seed)
            print(f"{root}: {played}", *played.failures, sep="\n\n")
            failures += len(played.failures)
    return failures


def main() -> None:
    """Read the command line and play."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--directory", type=Path, default=Path("var/fuzz"), help="where its data is kept")
    parser.add_argument("--seed", type=int, default=1, help="the same seed asks the same")
    parser.add_argument("--examples", type=int, default=100, help="by chance, for each operation")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    try:
        installation.grow_to(0)
        sys.exit(bool(play_all(seed=options.seed, examples=options.examples)))
    finally:
        installation.stop_database()


if __name__ == "__main__":
    main()
