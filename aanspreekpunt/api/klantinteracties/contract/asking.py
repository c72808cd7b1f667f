"""What a request says about itself: what it is for, on whose behalf, and which larger whole it is part of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.conf import settings

from aanspreekpunt.journal.access_log import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

LONGEST: Final = 200
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-(?P<trace>[0-9a-f]{32})-(?P<span>[0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?")
_NOTHING = {"0" * 32, "0" * 16}
# The log only grows, so what may be a number or address of a resident is not written there in the first place.
_PERSONAL = re.compile(r"\S*@\S+|\d[\d .-]{6,}\d")


def asked_by(request: HttpRequest) -> Asked:
    """Return what a request says about itself, in the headers that settings name."""
    return Asked(
        purpose=_PERSONAL.sub("…", _said(request, settings.API_PURPOSE_HEADERS)),
        on_behalf_of=_said(request, settings.API_USER_HEADERS),
        trace_id=trace_of(request),
    )


def trace_of(request: HttpRequest) -> str:
    """Return the trace a request is part of, as in W3C Trace Context; a new one when it names none."""
    known: str | None = getattr(request, "trace_id", None)
    if known is None:
        known = request.trace_id = _trace_in(request.META.get("HTTP_TRACEPARENT", ""))  # type: ignore[attr-defined]
    return known


def _trace_in(traceparent: str) -> str:
    match = _TRACEPARENT.fullmatch(traceparent.strip())
    if match is None or traceparent.startswith("ff") or _NOTHING & {match["trace"], match["span"]}:
        return uuid4().hex
    return match["trace"]


def traceparent_of(trace_id: str) -> str:
    """Return the header with which the answer names its trace, and our own part of it."""
    return f"00-{trace_id}-{uuid4().hex[:16]}-01"


@cache
def _key_of(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


def _said(request: HttpRequest, names: Iterable[str]) -> str:
    for name in names:
        given: str = request.META.get(_key_of(name), "")
        said = "".join(each for each in given if each.isprintable()).strip() if given else ""
        if said:
            return said[:LONGEST]
    return ""
