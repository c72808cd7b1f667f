"""What each filter of each list of the standard API costs the database, and which of them read a whole table.

    python -m bench.filters [--contacts 200000] [--list klantcontacten] [--slow 5]

Each list is asked without a filter, and then with each of its filters, of which the value is taken from the register.
The token does not see what is confidential, as most do not. Only what took longer than `--slow` milliseconds, or read
the whole of a table, is printed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench import installation
from bench.report import print_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

SMALL: Final = 100
"""A table of fewer pages may as well be read whole."""

VALUES: Final = {
    "nummer": "SELECT number FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "referentienummer": "SELECT reference_number FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "kanaal": "SELECT channel_name FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "achternaam": "SELECT last_name FROM participant WHERE last_name <> '' LIMIT 1",
    "voornaam": "SELECT first_name FROM participant WHERE first_name <> '' LIMIT 1",
    "adres": "SELECT as_given FROM parties_digitaladdress TABLESAMPLE SYSTEM (1) WHERE kind = 'phone' LIMIT 1",
    "icontains": "SELECT substr(as_given, 3, 6) FROM parties_digitaladdress TABLESAMPLE SYSTEM (1) LIMIT 1",
    "objectidentificatorobjectid": "SELECT object_id FROM questions_subjectlink LIMIT 1",
    "objectidentificatorcodeobjecttype": "SELECT object_type FROM questions_subjectlink LIMIT 1",
    "objectidentificatorcoderegister": "SELECT register FROM questions_subjectlink LIMIT 1",
    "objectidentificatorcodesoortobjectid": "SELECT object_id_kind FROM questions_subjectlink LIMIT 1",
    "codeobjecttype": "SELECT 'natuurlijk_persoon'",
    "coderegister": "SELECT 'brp'",
    "codesoortobjectid": "SELECT 'bsn'",
    "objectid": "SELECT '999990019'",
    "contact__uuid": "SELECT uuid FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "partij__uuid": "SELECT uuid FROM parties_party TABLESAMPLE SYSTEM (1) LIMIT 1",
    "actor__uuid": (
        "SELECT uuid FROM actor WHERE id ="
        " (SELECT actor_id FROM contact_actor GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)"
    ),
    "betrokkene__uuid": "SELECT uuid FROM participant TABLESAMPLE SYSTEM (1) LIMIT 1",
    "adres__uuid": "SELECT uuid FROM parties_digitaladdress TABLESAMPLE SYSTEM (1) LIMIT 1",
    "object__uuid": "SELECT uuid FROM questions_subjectlink LIMIT 1",
    "gesprek": "SELECT uuid FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "uuid": "SELECT uuid FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "op": "SELECT occurred_at FROM contact TABLESAMPLE SYSTEM (1) LIMIT 1",
    "gte": "SELECT now() - interval '1 year'",
    "lte": "SELECT now() - interval '1 year'",
    "zoek": "SELECT 'paspoort verlopen'",
    "inhoud": "SELECT 'verlo'",
    "onderwerp": "SELECT 'paspoort'",
    "reactie": "SELECT 'formulier'",
}
"""By how the name of a filter ends, which value of the register to ask; the longest ending counts."""


@dataclass(frozen=True)
class _Plan:
    """One statement as the database did it."""

    ms: float
    pages: int
    reads: tuple[str, ...]
    is_count: bool


def _asked(kind: type[Resource]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each filter of a list with the values to try."""
    yield "(all)", {}
    for name, one in kind.filters.items():
        for value in _values(name, one):
            yield f"{name}={value[:20]}", {name: value}


def _values(name: str, one: Filter) -> list[str]:
    from aanspreekpunt.api.klantinteracties.contract.filters import Kind  # noqa: PLC0415 - after `installation.begin`

    if one.options:
        return list(one.options)
    if one.kind is Kind.YES_NO:
        return ["true", "false"]
    if one.kind is Kind.DAY:
        return ["2026-06-01"]
    value = _sample(name.lower().replace("__url", "__uuid"))
    return [f"http://localhost/x/{value}" if one.kind is Kind.URL else value]


def _sample(name: str) -> str:
    from django.db import connection  # noqa: PLC0415 - after `installation.begin`

    endings = [ending for ending in VALUES if name.endswith(ending)]
    if not endings:
        return "Utrecht"
    with connection.cursor() as cursor:
        cursor.execute(VALUES[max(endings, key=len)])
        found = cursor.fetchone()
    value = found[0] if found else "nothing"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plans(path: str, query: dict[str, str], key: str) -> tuple[int, list[_Plan]]:
    """Return how many things a list has, and the plans of the statements that count and find them."""
    from django.test import Client  # noqa: PLC0415 - after `installation.begin`

    from bench.statements import taken_down  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Token {key}"})
    answers: list[Any] = []
    sent = taken_down(lambda: answers.append(client.get(path, query)))
    found = answers[0].json()
    if answers[0].status_code != 200:  # noqa: PLR2004 - the HTTP status for "good"
        raise RuntimeError(f"{path} {query}: {found}")
    about = [each for each in sent if each[0].startswith(("SELECT count(*)", "SELECT t.id FROM", "SELECT t.id, count"))]
    kept = [each for each in sent if "list_count" in each[0]]
    return found["count"] if isinstance(found, dict) else len(found), [_plan(*each) for each in (*kept, *about)]


def _plan(statement: str, values: Any) -> _Plan:
    from django.db import connection  # noqa: PLC0415 - after `installation.begin`

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values)
        plan = cursor.fetchone()[0][0]
    pages = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
    return _Plan(plan["Execution Time"], pages, tuple(_reads(plan["Plan"])), "count(*)" in statement)


def _reads(plan: dict[str, Any]) -> list[str]:
    """Return what a plan walks through: its indexes, and tables of which it reads all."""
    here = plan.get("Index Name", "")
    if plan["Node Type"] == "Seq Scan" and plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] > SMALL:
        here = f"ALL OF {plan['Relation Name']}"
    below = [read for part in plan.get("Plans", []) for read in _reads(part)]
    return list(dict.fromkeys([here, *below] if here else below))


def print_filters(*, only: str, slow: float) -> None:
    """Ask every list by every filter, and print what was slow."""
    from aanspreekpunt.api.klantinteracties.resources import RESOURCES  # noqa: PLC0415 - after `installation.begin`
    from bench.standard_works import new_key  # noqa: PLC0415

    key, lines, asked = new_key(), [("list", "filter", "found", "count ms", "page ms", "pages", "reads")], 0
    for kind in RESOURCES:
        if only not in kind.path or not kind.is_paged:
            continue
        for name, query in _asked(kind):
            count, plans = _plans(f"{kind.root}{kind.path}", query, key)
            asked += 1
            if max((plan.ms for plan in plans), default=0) > slow or any("ALL OF" in str(plan.reads) for plan in plans):
                lines.append((kind.path, name, f"{count:,}", *_shown(plans)))
    print_columns(lines)
    print(f"{len(lines) - 1} of {asked} took longer than {slow:g} ms or read a whole table.")


def _shown(plans: list[_Plan]) -> tuple[str, str, str, str]:
    counted = sum(plan.ms for plan in plans if plan.is_count)
    paged = sum(plan.ms for plan in plans if not plan.is_count)
    reads = dict.fromkeys(read for plan in plans for read in plan.reads)
    return f"{counted:.1f}", f"{paged:.1f}", f"{sum(plan.pages for plan in plans):,}", ", ".join(reads)


def main() -> None:
    """Load until there is enough to read, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench"), help="where its data is kept")
    parser.add_argument("--contacts", type=int, default=200_000, help="load until there are so many")
    parser.add_argument("--list", default="", help="only lists with this in their path")
    parser.add_argument("--slow", type=float, default=5, help="print what takes more milliseconds")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    try:
        installation.grow_to(options.contacts)
        print_filters(only=options.list, slow=options.slow)
    finally:
        installation.stop_database()


if __name__ == "__main__":
    main()
