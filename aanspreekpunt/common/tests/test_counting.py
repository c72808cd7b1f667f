"""The counts that are kept are those one would count, whatever comes, changes and goes."""

from __future__ import annotations

import random

import pytest
from django.db import connection, models, transaction

from aanspreekpunt.common.counting import counted


class Sheep(models.Model):
    """A long list."""

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "sheep"

    def __str__(self) -> str:
        return "sheep"


TABLE = """
CREATE TABLE sheep (id int PRIMARY KEY, colour text, is_shorn boolean, name text);
CREATE TRIGGER sheep_in AFTER INSERT ON sheep REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('colour', 'is_shorn');
CREATE TRIGGER sheep_out AFTER DELETE ON sheep REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('colour', 'is_shorn');
CREATE TRIGGER sheep_over AFTER UPDATE ON sheep REFERENCING OLD TABLE AS gone NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('colour', 'is_shorn');
CREATE TRIGGER sheep_none AFTER TRUNCATE ON sheep
    FOR EACH STATEMENT EXECUTE FUNCTION keep_list_count('colour', 'is_shorn');
"""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sheep() -> None:
    run(TABLE)


def run(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def test_random_comings_changes_and_goings_are_counted() -> None:
    chance = random.Random(7)
    for turn in range(150):
        what = chance.choice(["in", "in", "out", "change", "name"])
        some = chance.randrange(1, 400)
        if what == "in":
            colour = chance.choice(["white", "black", None])
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
            run("UPDATE sheep SET is_shorn = NOT is_shorn, colour = 'grey' WHERE id BETWEEN %s AND %s", some, some + 5)
        else:
            run("UPDATE sheep SET name = %s", str(turn))
    shown = run("SELECT coalesce(colour, '') || '|' || is_shorn, count(*) FROM sheep GROUP BY 1")
    assert len(shown) > 3
    for part, rows in shown:
        assert counted(Sheep, [str(part)]) == rows
    assert counted(Sheep) == sum(int(str(rows)) for _, rows in shown)


def test_what_is_undone_is_not_counted_and_an_emptied_table_has_none() -> None:
    run("INSERT INTO sheep VALUES (1, 'white', true, 'x')")
    with transaction.atomic():
        run("INSERT INTO sheep VALUES (2, 'white', true, 'x')")
        transaction.set_rollback(True)
    assert counted(Sheep, ["white|true", "black|true"]) == 1
    run("TRUNCATE sheep")
    assert counted(Sheep) == 0


def test_a_count_is_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a type of its own
        assert counted(Sheep, ["white|true"]) == 0


def test_rows_that_move_are_counted_one_by_one_where_a_table_asks_so() -> None:
    run(
        "DROP TRIGGER sheep_over ON sheep;"
        " CREATE TRIGGER sheep_over AFTER UPDATE ON sheep FOR EACH ROW"
        " WHEN ((OLD.colour, OLD.is_shorn) IS DISTINCT FROM (NEW.colour, NEW.is_shorn))"
        " EXECUTE FUNCTION keep_list_count_of_row('colour', 'is_shorn')"
    )
    run("INSERT INTO sheep SELECT n, 'white', n % 2 = 0, 'x' FROM generate_series(1, 50) n")
    before = run("SELECT xmin::text FROM list_count WHERE \"table\" = 'sheep' ORDER BY part")
    run("UPDATE sheep SET name = 'y'")
    assert run("SELECT xmin::text FROM list_count WHERE \"table\" = 'sheep' ORDER BY part") == before
    run("UPDATE sheep SET colour = NULL, is_shorn = NOT is_shorn WHERE id <= 10")
    run("UPDATE sheep SET colour = 'black' WHERE id <= 3")
    parts = ("white|false", "white|true", "|false", "|true", "black|false", "black|true")
    assert [counted(Sheep, [part]) for part in parts] == [20, 20, 4, 3, 1, 2]
    assert counted(Sheep) == 50
