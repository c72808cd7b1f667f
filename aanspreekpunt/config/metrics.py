"""Figures for Prometheus, added up over all web processes."""

from __future__ import annotations

import hmac
import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from django.http import HttpRequest

LOOPBACK = frozenset({"127.0.0.1", "::1"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)
requests = Histogram(
    "aanspreekpunt_request_seconds",
    "Time taken to answer a web request.",
    ["route", "method", "status"],
    buckets=BUCKETS,
)


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    requests.labels(route=route, method=method, status=str(status)).observe(seconds)


def show_metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures to this machine itself, or to whoever knows the token."""
    if not may_see_metrics(request):
        return HttpResponseForbidden()
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def may_see_metrics(request: HttpRequest) -> bool:
    """Say whether the request comes from this machine or carries the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if settings.METRICS_TOKEN and hmac.compare_digest(given, settings.METRICS_TOKEN.encode()):
        return True
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not request.headers.get("X-Forwarded-For")


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # untyped in prometheus_client
    return registry
