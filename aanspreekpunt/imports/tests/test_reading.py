"""Reading what became of runs: figures that stay as they were, whether one goes on, and refusals a page at a time."""

from __future__ import annotations

from contextlib import closing
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from aanspreekpunt.imports.going import alone, going
from aanspreekpunt.imports.models import ImportedThing, ImportRefusal, ImportStretch
from aanspreekpunt.imports.operations import begin_run, stop_run
from aanspreekpunt.imports.queries import refusals_after, run_of, runs_before
from aanspreekpunt.imports.report import MOST_COUNTED, lines_of
from aanspreekpunt.imports.tests.make import ADDRESS, BY, NOW, end, make_list, make_run, refuse

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from aanspreekpunt.imports.models import ImportRun

pytestmark = pytest.mark.django_db


def met_before(run: ImportRun, number: int, *, path: str) -> None:
    ImportedThing.objects.create(
        source=run.source, path=path, uuid=UUID(int=number), how=ImportedThing.How.CAME_IN, seen_in=0
    )


def test_figures_of_a_run_that_ended_are_not_changed_by_the_next() -> None:
    run = make_run()
    refuse(run, 1)
    met_before(run, 2, path="klantcontacten")
    before = lines_of(end(run))
    assert {line.path: (line.met, line.refused, line.gone_there) for line in before} == {
        "actoren": (4, 0, 0),
        "klantcontacten": (1000, 1, 1),
    }
    ImportedThing.objects.update(seen_in=make_run().pk)
    ImportRefusal.objects.all().delete()
    run.refresh_from_db()
    assert lines_of(run) == before


def test_of_a_list_that_was_not_read_nobody_knows_what_is_gone() -> None:
    run = make_run()
    make_list(run, "partijen", trouble="not_allowed", is_done=True)
    met_before(run, 1, path="partijen")
    (line,) = (line for line in lines_of(end(run)) if line.path == "partijen")
    assert (line.gone_there, line.troubles, line.is_whole) == (0, ("not_allowed",), False)


def test_parts_of_a_list_add_up_and_two_readings_of_one_do_not() -> None:
    run = make_run()
    make_list(run, "internetaken (te_verwerken)", is_part=True, count=3, met=3)
    make_list(run, "internetaken (verwerkt)", is_part=True, count=4, met=4)
    make_list(run, "partij-identificatoren", count=5, met=4)
    make_list(run, "partij-identificatoren (sub)", count=5, met=1)
    there = {line.path: (line.there, line.met) for line in lines_of(run)}
    assert (there["internetaken"], there["partij-identificatoren"]) == ((7, 7), (5, 5))


def test_refusals_of_a_run_that_goes_on_are_counted_to_a_limit() -> None:
    run = make_run()
    ImportRefusal.objects.bulk_create(
        ImportRefusal(run=run, path="actoren", uuid=str(UUID(int=number)), field="naam", code="required", is_whole=True)
        for number in range(MOST_COUNTED + 5)
    )
    assert {line.path: line.refused for line in lines_of(run)} == {"actoren": MOST_COUNTED, "klantcontacten": 0}
    assert {line.path: line.refused for line in lines_of(end(run))}["actoren"] == MOST_COUNTED + 5


def test_a_run_goes_on_as_long_as_some_process_holds_its_lock() -> None:
    run = make_run()
    found = run_of(run.pk)
    assert found is not None
    assert found.state == "stopped"
    with closing(psycopg.connect(**connection.get_connection_params())) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 4711))", [ADDRESS])
        assert [each.state for each in runs_before(None, limit=9)] == ["going"]
        assert going({ADDRESS, "https://elders.example"}) == {ADDRESS}
        with alone(ADDRESS) as is_ours:
            assert not is_ours
        other.execute("SELECT pg_advisory_unlock_all()")
    with alone(ADDRESS) as is_ours:
        assert is_ours
        assert going({ADDRESS}) == {ADDRESS}
    assert going({ADDRESS}) == set()


def test_why_it_stopped_is_forgotten_when_it_goes_on() -> None:
    run = make_run()
    stop_run(run=run, code="http_503")
    again = begin_run(address=ADDRESS, by=BY, at=NOW)
    assert (again.pk, again.stopped_by) == (run.pk, "")


def test_refusals_come_a_page_at_a_time_and_each_once() -> None:
    run = make_run()
    for number in range(1, 8):
        refuse(run, number, path=("actoren", "klantcontacten")[number % 2])
        refuse(run, number, path="klantcontacten", field="taal", is_whole=False)
    refuse(make_run("https://elders.example"), 1)
    shown, after = [], None
    while page := refusals_after(run, after, limit=3):
        shown += page
        after = page[-1].pk
    assert len(shown) == len({each.pk for each in shown}) == 11 + 3
    assert [(each.path, each.uuid, each.field) for each in shown] == sorted(
        (each.path, each.uuid, each.field) for each in shown
    )
    assert len(refusals_after(run, None, path="actoren", limit=99)) == 3


def test_a_page_of_refusals_is_a_stretch_of_an_index() -> None:
    run = make_run()
    ImportRefusal.objects.bulk_create(
        ImportRefusal(run=run, path="actoren", uuid=str(UUID(int=number)), field="naam", code="required", is_whole=True)
        for number in range(5000)
    )
    last = refusals_after(run, None, limit=2500)[-1]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE imports_importrefusal")
        cursor.execute(
            "EXPLAIN SELECT * FROM imports_importrefusal WHERE run_id = %s AND (path, uuid, field, code) >"
            " (%s, %s, %s, %s) ORDER BY path, uuid, field, code LIMIT 100",
            [run.pk, last.path, last.uuid, last.field, last.code],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using import_refusal_once" in plan
    assert "Sort" not in plan


def test_many_runs_cost_as_much_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(4):
        end(make_run(f"https://klaar{number}.example"))
        refuse(make_run(f"https://bezig{number}.example"), 1)
    with django_assert_num_queries(5):  # runs, lists, refusals, locks, when they moved
        assert len(runs_before(None, limit=9)) == 8


def test_runs_from_before_figures_were_kept_with_them_get_theirs() -> None:
    earlier, run = end(make_run()), make_run()
    names = ("internetaken (te_verwerken)", "internetaken (verwerkt)", "partijen", "partijen (sub)")
    for name in names:
        make_list(run, name)
    for number, (path, seen_in) in enumerate(
        [
            ("internetaken", run.pk),
            ("internetaken", run.pk),
            ("partijen", run.pk),
            ("partijen", earlier.pk),
        ]
    ):
        met_before(run, number, path=path)
        ImportedThing.objects.filter(uuid=UUID(int=number)).update(seen_in=seen_in)
    migration = import_module("aanspreekpunt.imports.migrations.0002_figures_of_each_run")
    with connection.cursor() as cursor:
        cursor.execute(migration.IS_PART)
        cursor.execute(migration.MET)
    kept = {each.name: (each.is_part, each.met) for each in ImportStretch.objects.filter(run=run, name__in=names)}
    assert kept == dict(zip(names, [(True, 2), (True, 0), (False, 1), (False, 0)], strict=True))
