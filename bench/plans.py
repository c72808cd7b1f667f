"""How the database goes about the questions that are asked most, and whether it reads more than it needs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.report import print_columns
from bench.statements import taken_down

if TYPE_CHECKING:
    from collections.abc import Callable


def print_plans() -> None:
    """Print of each query how long it takes, how many pages it reads, and which indexes it walks."""
    from django.db import connection  # noqa: PLC0415 - after `installation.begin`

    lines = [("plan of", "ms", "pages", "reads")]
    for name, ask in _queries().items():
        for number, (statement, values) in enumerate(taken_down(ask), start=1):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values)
                plan = cursor.fetchone()[0][0]
            pages = plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
            lines.append(
                (f"{name} {number}", f"{plan['Execution Time']:.2f}", f"{pages:,}", ", ".join(_reads(plan["Plan"])))
            )
    print_columns(lines)


def _queries() -> dict[str, Callable[[], Any]]:
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.organisation.models import Employee, Role  # noqa: PLC0415
    from aanspreekpunt.organisation.queries import teams  # noqa: PLC0415
    from aanspreekpunt.parties.queries import find_parties  # noqa: PLC0415
    from aanspreekpunt.questions.models import Participant  # noqa: PLC0415
    from aanspreekpunt.questions.queries import history_by_address  # noqa: PLC0415
    from aanspreekpunt.queues.queries import counts_of, questions_held_by, questions_waiting_for  # noqa: PLC0415

    now, ids = timezone.now(), [team.pk for team in teams()]
    agent = Employee.objects.filter(memberships__role=Role.AGENT).order_by("id")[0]
    phone = Participant.objects.exclude(phone="").order_by("-id")[0].phone
    return {
        "queue of one team": lambda: questions_waiting_for(ids[:1], own_team_ids=ids[:1]),
        "queue of all teams": lambda: questions_waiting_for(ids, own_team_ids=[]),
        "held by me": lambda: questions_held_by(agent.pk),
        "counts of all teams": lambda: counts_of(ids, own_team_ids=[], at=now),
        "history by phone": lambda: history_by_address(phone, visible_to=agent),
        "person by phone": lambda: find_parties(phone),
        "person by name": lambda: find_parties("van den Bosch"),
    }


def _reads(plan: dict[str, Any]) -> list[str]:
    here = plan.get("Index Name") or (f"ALL OF {plan['Relation Name']}" if plan["Node Type"] == "Seq Scan" else "")
    below = [read for part in plan.get("Plans", []) for read in _reads(part)]
    return list(dict.fromkeys([here, *below] if here else below))


if __name__ == "__main__":
    from pathlib import Path

    from bench import installation

    installation.begin(Path("var/bench").resolve())
    print_plans()
    installation.stop_database()
