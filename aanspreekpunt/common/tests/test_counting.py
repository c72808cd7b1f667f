"""The counts that are kept are those one would count, whatever comes, changes and goes."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection, connections, transaction

from aanspreekpunt.common.counting import counted, put_counts_together
from aanspreekpunt.common.migrations._counted import Counted

TABLE = """
CREATE TABLE sheep (id int PRIMARY KEY, colour text, is_shorn boolean, name text, born date);
"""
SHEEP = Counted("sheep", ("list_count_text({}.colour)", "{}.is_shorn", "{}.born IS NOT NULL"))
COLOUR, SHORN, BORN = 0, 1, 2

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sheep(request: pytest.FixtureRequest) -> None:
    if "slow" not in request.keywords:
        run(TABLE + SHEEP.keep())


def run(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def assert_counts_are_right() -> None:
    shown = run(
        "SELECT coalesce(colour, ''), is_shorn::text, (born IS NOT NULL)::text, count(*) FROM sheep GROUP BY 1, 2, 3"
    )
    for colour, shorn, born, rows in shown:
        assert counted("sheep", [(COLOUR, [str(colour)]), (SHORN, [str(shorn)]), (BORN, [str(born)])]) == rows
    assert counted("sheep") == sum(int(str(rows)) for *_values, rows in shown)
    for colour in {str(colour) for colour, *_rest in shown}:
        ((rows,),) = run("SELECT count(*) FROM sheep WHERE coalesce(colour, '') = %s", colour)
        assert counted("sheep", [(COLOUR, [colour])]) == rows
    ((rows,),) = run("SELECT count(*) FROM sheep WHERE is_shorn")
    assert counted("sheep", [(SHORN, ["true"])]) == rows


@pytest.mark.parametrize("seed", [7, 8])
def test_random_comings_changes_and_goings_are_counted(seed: int) -> None:
    chance = random.Random(seed)
    for turn in range(150):
        what = chance.choice(["in", "in", "out", "change", "name", "together"])
        some = chance.randrange(1, 400)
        if what == "in":
            colour = chance.choice(["white", "black", "a|true|b", "a\\p", None])
            run(
                "INSERT INTO sheep SELECT n, %s, n %% 2 = 0, 'x' FROM generate_series(%s::int, %s::int) n"
                " ON CONFLICT (id) DO NOTHING",
                colour,
                some,
                some + 9,
            )
        elif what == "out":
            run("DELETE FROM sheep WHERE id BETWEEN %s AND %s", some, some + 20)
        elif what == "change":
            run(
                "UPDATE sheep SET is_shorn = NOT is_shorn, colour = 'grey', born = now() WHERE id BETWEEN %s AND %s",
                some,
                some + 5,
            )
        elif what == "name":
            run("UPDATE sheep SET name = %s", str(turn))
        else:
            put_counts_together()
        if turn % 10 == 0:
            assert_counts_are_right()
    assert_counts_are_right()
    assert counted("sheep") > 20


def test_what_is_undone_is_not_counted_and_an_emptied_table_has_none() -> None:
    run("INSERT INTO sheep VALUES (1, 'white', true, 'x')")
    with transaction.atomic():
        run("INSERT INTO sheep VALUES (2, 'white', true, 'x')")
        transaction.set_rollback(True)
    assert counted("sheep", [(COLOUR, ["white", "black"]), (SHORN, ["true"])]) == 1
    run("TRUNCATE sheep")
    assert counted("sheep") == 0


def test_a_count_is_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a type of its own
        assert counted("sheep", [(COLOUR, ["white"])]) == 0


def test_what_is_not_counted_by_changes_no_count() -> None:
    run("INSERT INTO sheep SELECT n, 'white', n %% 2 = 0, 'x' FROM generate_series(1, %s::int) n", 50)
    before = run("SELECT xmin::text FROM list_count WHERE \"table\" = 'sheep' ORDER BY part")
    run("UPDATE sheep SET name = 'y', colour = 'white'")
    assert run("SELECT xmin::text FROM list_count WHERE \"table\" = 'sheep' ORDER BY part") == before


def test_a_value_with_the_sign_between_values_in_it_is_one_value() -> None:
    run("INSERT INTO sheep VALUES (1, 'a|true', false, 'x'), (2, 'a', true, 'x'), (3, 'a\\p', true, 'x')")
    assert [counted("sheep", [(COLOUR, [colour])]) for colour in ("a|true", "a", "a\\p", "a|")] == [1, 1, 1, 0]
    assert counted("sheep", [(SHORN, ["true"])]) == 2


def test_a_table_that_is_no_longer_counted_has_no_counts() -> None:
    run("INSERT INTO sheep VALUES (1, 'white', true, 'x')")
    run(SHEEP.forget() + Counted("sheep").keep())
    assert counted("sheep") == 1
    run("UPDATE sheep SET colour = 'black'; DELETE FROM sheep WHERE id = 1;")
    assert counted("sheep") == 0
    assert run("SELECT DISTINCT part FROM list_count WHERE \"table\" = 'sheep'") == [("",)]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_counts_are_put_together_while_others_count() -> None:
    run(TABLE + SHEEP.keep())

    def come(first: int) -> None:
        for turn in range(60):
            with transaction.atomic():
                run("INSERT INTO sheep VALUES (%s, 'white', true, 'x')", first + turn)
                run("UPDATE sheep SET colour = 'black' WHERE id = %s", first + turn)
        connections.close_all()

    def together() -> None:
        for _turn in range(40):
            put_counts_together()
        connections.close_all()

    threads = [threading.Thread(target=come, args=(first,)) for first in (0, 100, 200)]
    threads += [threading.Thread(target=together) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    put_counts_together()
    assert counted("sheep", [(COLOUR, ["black"])]) == 180
    assert counted("sheep") == 180
    assert run("SELECT DISTINCT slot FROM list_count") == [(-1,)]
    run("DROP TABLE sheep CASCADE; DELETE FROM list_count")
    run("DROP FUNCTION sheep_counts_in(), sheep_counts_out(), sheep_counts_over()")
