"""Runs the web server: several processes, each with a few threads."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from aanspreekpunt.operating.processes import end_with_parent

THROUGH_OUR_LOG: dict[str, Any] = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}},
}


def run_web(*, parent: int | None = None) -> None:
    """Answer web requests until told to stop; requests under way are finished first."""
    end_with_parent(parent)
    _start_counting_anew()
    Granian(
        "aanspreekpunt.operating.web_process:application",
        address=settings.BIND,
        port=settings.HTTP_PORT,
        interface=Interfaces.WSGI,
        workers=settings.WEB_WORKERS,
        blocking_threads=settings.WEB_THREADS,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=15,
        log_level=LogLevels.warning,
        log_dictconfig=THROUGH_OUR_LOG,
    ).serve()


def _start_counting_anew() -> None:
    shutil.rmtree(settings.METRICS_DIR, ignore_errors=True)
    settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)
