"""Jobs whose worker was killed while it did them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from aanspreekpunt.config.jobs import retry_stalled_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_job_stays() -> Iterator[None]:
    """Leave no job behind: their tables are not of our models, so nothing else empties them."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def under_way(task: str, state: str) -> int:
    """Write a job as it stands in the table while a worker does it that is no more, or while it waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status, args)"
            " VALUES ('default', %s, %s, %s, %s::procrastinate_job_status, '{}') RETURNING id",
            [task, task, task, state],
        )
        pk: int = cursor.fetchone()[0]
        return pk


def states() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs")
        return dict(cursor.fetchall())


def test_a_dead_job_makes_way_for_the_next_one_and_the_others_are_done_again() -> None:
    dead, waits = under_way("pass-on", "doing"), under_way("pass-on", "todo")
    alone = under_way("remind", "doing")
    async_to_sync(retry_stalled_jobs.func)(timestamp=0)
    assert {pk: states()[pk] for pk in (dead, waits, alone)} == {dead: "failed", waits: "todo", alone: "todo"}
