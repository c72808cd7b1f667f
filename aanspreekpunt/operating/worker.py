"""Does background jobs until told to stop."""

from __future__ import annotations

import asyncio

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from aanspreekpunt.operating.processes import end_with_parent

SECONDS_TO_FINISH = 20


def run_worker(*, parent: int | None = None) -> None:
    """Take jobs from the database and do them; jobs under way are finished first when told to stop."""
    end_with_parent(parent)
    connection.ensure_connection()  # starts the embedded database when it does not run
    connection.close()
    asyncio.run(_work())


async def _work() -> None:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(type(connector))
    with app.replace_connector(connector.get_worker_connector()) as working:
        async with working.open_async():
            await working.run_worker_async(
                concurrency=settings.JOB_CONCURRENCY,
                shutdown_graceful_timeout=SECONDS_TO_FINISH,
                delete_jobs="never",
            )
