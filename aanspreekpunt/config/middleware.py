"""What happens around every request: who asks, what we note of it, when a session ends, in which language."""

from __future__ import annotations

import re
import time
import uuid
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils import translation
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.http import escape_leading_slashes

from aanspreekpunt.api.klantinteracties.addresses import answerer
from aanspreekpunt.config.logs import note_request
from aanspreekpunt.config.metrics import count_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    type_of_view = Callable[[HttpRequest], HttpResponse]

ACCEPTABLE_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}\Z")
QUIET_ROUTES = ("health/", "metrics")
POLL_HEADER = "HTTP_X_POLL"  # X-Poll: a screen that asks by itself whether something is new; nobody is doing anything
SECONDS_BETWEEN_NOTES = 60


class ClientAddress:
    """Puts the resident's or employee's own address in REMOTE_ADDR, as far as our own proxies vouch for it."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if settings.PROXY_COUNT and hops:
            request.META["REMOTE_ADDR"] = hops[-min(settings.PROXY_COUNT, len(hops))]
        return self.get_response(request)


class RequestRecord:
    """Gives each request an id; logs and counts it by the name of its route, never its address, query or content."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if ACCEPTABLE_REQUEST_ID.match(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        self._note(request, response, request_id=request_id, seconds=time.perf_counter() - started)
        response["X-Request-Id"] = request_id
        return response

    def _note(self, request: HttpRequest, response: HttpResponse, *, request_id: str, seconds: float) -> None:
        route = route_of(request)
        if route.startswith(QUIET_ROUTES):
            return
        method, status = request.method or "", response.status_code
        count_request(route=route, method=method, status=status, seconds=seconds)
        if not request.META.get(POLL_HEADER):
            facts: dict[str, str | float] = {"milliseconds": round(seconds * 1000, 1)}
            trace_id = getattr(request, "trace_id", None)  # of a request by another system
            if trace_id:
                facts["trace_id"] = trace_id
            note_request(request_id=request_id, route=route, method=method, status=status, **facts)


def route_of(request: HttpRequest) -> str:
    """Name the pattern that answered, such as `volg/<code>`: the same for everyone."""
    match = request.resolver_match
    return match.route if match else "unknown"


class ContentPolicy(CSPMiddleware):
    """Says what a page may load; builds the usual policy once, because django-csp does so for every answer."""

    @cached_property
    def usual(self) -> str:
        """The policy of nearly every page."""
        return build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Put the policy on the answer."""
        if any(name.startswith("_csp_") for name in vars(response)):  # its view asked for another one
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response


class OtherSystems:
    """Answers other systems at once: sessions, forms and a language of one's own are there for people.

    Whatever else comes to their addresses, such as one with a final slash, goes on as all requests do.
    """

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = answerer(request.path_info, urls=settings.ROOT_URLCONF)
        if found is None:
            return self.get_response(request)
        request.get_host()  # refuses hosts that are not ours
        request.resolver_match, view = found
        response = view(request)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Language"] = settings.LANGUAGE_CODE
        response.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        return response


class FinalSlash:
    """Sends whoever asks for an address with or without its final slash to the one of both that we have.

    It looks at our patterns only, never at what is kept: which tells nobody what is there.
    """

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_unknown = response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is None
        if is_unknown and request.method in {"GET", "HEAD"} and is_valid_path(_other(request.path_info)):
            query = request.META.get("QUERY_STRING", "")
            address = escape_leading_slashes(escape_uri_path(_other(request.path)))
            return HttpResponsePermanentRedirect(f"{address}?{iri_to_uri(query)}" if query else address)
        return response


def _other(path: str) -> str:
    """Return the path with a final slash if it has none, and without it if it has one."""
    return path[:-1] if path.endswith("/") else f"{path}/"


class SessionEnd:
    """Ends an employee's session after a time without doing anything, and after a working day in any case."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self._end_or_note(request, now=int(time.time()))
        return self.get_response(request)

    def _end_or_note(self, request: HttpRequest, *, now: int) -> None:
        session = request.session
        began = session.setdefault("began_at", now)
        seen = session.setdefault("seen_at", now)
        if now - began > settings.SESSION_HOURS * 3600 or now - seen > settings.SESSION_IDLE_MINUTES * 60:
            logout(request)
        elif now - seen >= SECONDS_BETWEEN_NOTES and not request.META.get(POLL_HEADER):
            session["seen_at"] = now


class Language:
    """Speaks the language an employee chose in his profile or a resident chose on the page; Dutch otherwise."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _language_of(self, request: HttpRequest) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            chosen = getattr(request.user, "language", chosen)
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
