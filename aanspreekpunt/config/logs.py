"""Structured logs that can be kept and shared: what happened where, never what people told us."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import EventDict, Processor

WORDS_LEFT_OUT = {  # loggers whose messages hold addresses of pages, hosts or people, and what we say instead
    "django.request": "request failed",
    "django.security": "request refused",
    "django.server": "request",
    "axes": "login refused",
    "mail.log": "mail listener",
    "imapclient": "mailbox",
    "procrastinate": None,  # the message holds the job's arguments; the structured part names the job
    "asyncio": "asyncio",
}


REQUESTS = "aanspreekpunt.request"
_writing_json: list[logging.StreamHandler[Any]] = []


def configure(*, level: str, form: str) -> None:
    """Send everything logged by anyone through the same steps to standard error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, leave_words_out],
            processors=[
                exception_without_words,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(form),
            ],
        ),
    )
    _writing_json[:] = [handler] if form == "json" else []
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("procrastinate.blueprints", "procrastinate.periodic", "mail.log", "asyncio", "imapclient"):
        logging.getLogger(name).setLevel(logging.WARNING)  # they tell what they load, who connects and what is said
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def note_request(*, request_id: str, **facts: str | float | None) -> None:
    """Write the line about one request. As every request has one, it takes a shorter way to the same shape."""
    if logging.getLogger().level > logging.INFO:
        return
    if not _writing_json:
        structlog.get_logger(REQUESTS).info("request", request_id=request_id, **facts)
        return
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    line = {"event": "request", "logger": REQUESTS, "level": "info", "timestamp": now, "request_id": request_id}
    (handler,) = _writing_json
    handler.acquire()
    try:
        handler.stream.write(f"{msgspec.json.encode(line | facts).decode()}\n")
        handler.flush()
    finally:
        handler.release()


def leave_words_out(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace messages of other people's code that may hold addresses, names or arguments."""
    name = str(event.get("logger", ""))
    for prefix, instead in WORDS_LEFT_OUT.items():
        if name == prefix or name.startswith(f"{prefix}."):
            record = event.get("_record")
            event["event"] = instead or getattr(record, "action", "job")
            _add_status(event, record)
    return event


def _add_status(event: MutableMapping[str, Any], record: object) -> None:
    status = getattr(record, "status_code", None)
    if status is not None:
        event["status"] = status


def exception_without_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Tell of an exception its class and where it came from; its message and values may hold personal data."""
    information = event.pop("exc_info", None)
    record = event.get("_record")
    if not information and isinstance(record, logging.LogRecord):
        information = record.exc_info
    if information is True:
        information = sys.exc_info()
    if isinstance(information, BaseException):
        information = (type(information), information, information.__traceback__)
    if information and information[0] is not None:
        event["exception"] = information[0].__name__
        event["at"] = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in _frames(information[2])]
    return event


def _frames(trace: Any) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(trace))[-12:]


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-3:])


def _renderer(form: str) -> Processor:
    if form == "lines":
        return structlog.dev.ConsoleRenderer(colors=False)
    return structlog.processors.JSONRenderer(ensure_ascii=False)
