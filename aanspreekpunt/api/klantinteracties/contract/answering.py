"""What is the same around every answer: who calls, errors in one shape, the trace, and pages of other web sites."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import msgspec
import structlog
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.signals import got_request_exception
from django.http import HttpResponse
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from aanspreekpunt.api.klantinteracties.contract.asking import trace_of, traceparent_of
from aanspreekpunt.api.klantinteracties.contract.bodies import refuse_encodings
from aanspreekpunt.api.klantinteracties.contract.errors import (
    Refused,
    permission_denied,
    took_too_long,
    unreadable,
    went_wrong,
)
from aanspreekpunt.api.klantinteracties.contract.gate import caller_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller

NEEDS: Final = {"GET": "read", "HEAD": "read", "POST": "write", "PUT": "write", "PATCH": "write", "DELETE": "delete"}
PREFLIGHT_SECONDS: Final = 600
SENT_HEADERS: Final = (
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Doelbinding, traceparent"
)
SHOWN_HEADERS: Final = "API-version, ETag, Location, Retry-After, traceparent"

log = structlog.get_logger(__name__)
encode = msgspec.json.Encoder().encode


def answered(request: HttpRequest, path: str, answer: Callable[[Caller], HttpResponse]) -> HttpResponse:
    """Return the answer to a request by a known caller with the right, or the refusal in the shape of the standard."""
    trace_id = trace_of(request)
    with structlog.contextvars.bound_contextvars(trace_id=trace_id):
        response = _preflight(request) or _tried(request, path, answer)
    response.headers["traceparent"] = traceparent_of(trace_id)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    _open_to_pages(request, response)
    return response


def respond(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a JSON answer."""
    return respond_with(encode(body), status=status, headers=headers)


def respond_with(encoded: bytes, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return an answer that is JSON already."""
    return HttpResponse(encoded, status=status, content_type="application/json", headers=headers)


def base_of(request: HttpRequest) -> str:
    """Return the address of this installation as this caller reaches it, without a final slash."""
    return f"{request.scheme}://{request.get_host()}"


def _tried(request: HttpRequest, path: str, answer: Callable[[Caller], HttpResponse]) -> HttpResponse:
    try:
        refuse_encodings(request)
        return answer(_allowed(request, path))
    except Refused as refused:
        return respond(refused.body(base_of(request)), status=refused.status, headers=refused.headers)
    except TooManyFieldsSent:
        too_many = unreadable(_("These are more parameters than we take."))
        return respond(too_many.body(base_of(request)), status=too_many.status)
    except Exception as error:
        got_request_exception.send(sender=None, request=request)  # as Django does when it answers itself
        log.exception("request failed")
        failed = took_too_long() if isinstance(error.__cause__, QueryCanceled) else went_wrong()
        return respond(failed.body(base_of(request)), status=failed.status)


def _allowed(request: HttpRequest, path: str) -> Caller:
    caller = caller_of(request)
    if not caller.may(path, NEEDS.get(request.method or "", "read")):
        raise permission_denied()
    return caller


def _preflight(request: HttpRequest) -> HttpResponse | None:
    """Answer a browser that asks whether a page of another site may call us."""
    if request.method != "OPTIONS" or not _is_allowed(request):
        return None
    headers = {
        "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "Access-Control-Allow-Headers": SENT_HEADERS,
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)


def _open_to_pages(request: HttpRequest, response: HttpResponse) -> None:
    if settings.API_ALLOWED_ORIGINS:
        response.headers["Vary"] = "Origin"
    if _is_allowed(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = SHOWN_HEADERS


def _is_allowed(request: HttpRequest) -> bool:
    return request.META.get("HTTP_ORIGIN", "") in settings.API_ALLOWED_ORIGINS
