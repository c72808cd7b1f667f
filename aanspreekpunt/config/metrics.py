"""Figures for Prometheus, added up over all web processes."""

from __future__ import annotations

import hmac
import os
from collections import Counter
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse, HttpResponseForbidden
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from aanspreekpunt.config.notice_metrics import NoticeCollector
from aanspreekpunt.messaging.alarms import Kind, alarms_in
from aanspreekpunt.messaging.figures import figures, last_sign_of_life

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.http import HttpRequest

    from aanspreekpunt.messaging.alarms import Alarm
    from aanspreekpunt.messaging.figures import Figures, Queue

LOOPBACK = frozenset({"127.0.0.1", "::1"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class MailCollector(Collector):
    """How mail is doing, looked up when somebody asks; nothing while the database is away."""

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that nothing is looked up when this is made known."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Look it up."""
        try:
            at = timezone.now()
            now = figures(at=at)
        except DatabaseError:
            return
        age = GaugeMetricFamily(
            "aanspreekpunt_mailbox_silence_seconds",
            "Time since a look in a mailbox last succeeded.",
            labels=["account", "folder"],
        )
        for mailbox in now.mailboxes:
            age.add_metric([mailbox.account, mailbox.folder], (at - last_sign_of_life(mailbox)).total_seconds())
        yield age
        yield from _of_outcomes(now)
        yield _of_alarms(alarms_in(now, at=at))
        for name, meaning, value in (
            ("arrivals_waiting", "Mails that came in and wait to be read, at most 1000.", now.arrivals.count),
            ("arrivals_oldest_seconds", "How long the oldest of them waits.", _seconds(now.arrivals, at)),
            ("arrivals_quarantined", "Mails in quarantine, at most 1000.", now.quarantined),
            ("deliveries_waiting", "Mails that wait to be sent, at most 1000.", now.outbox.count),
            ("deliveries_oldest_seconds", "How long the oldest of them waits.", _seconds(now.outbox, at)),
            (
                "deliveries_uncertain",
                "Mails of which nobody knows whether they arrived, at most 1000.",
                now.doubtful.count,
            ),
        ):
            yield GaugeMetricFamily(f"aanspreekpunt_{name}", meaning, value=value)


def _of_outcomes(now: Figures) -> Iterator[Metric]:
    spans = (("day", now.lately), ("week", now.of_week))
    for name, meaning, values in (
        (
            "mails_sent",
            "Mails that left us in the last day and week, of the last 10000.",
            [outcomes.sent for _span, outcomes in spans],
        ),
        (
            "mails_bounced",
            "Those that came back or were refused for good.",
            [outcomes.bounced for _span, outcomes in spans],
        ),
        (
            "mail_bounce_share",
            "Which part of them that is, from 0 to 1.",
            [outcomes.share for _span, outcomes in spans],
        ),
    ):
        told = GaugeMetricFamily(f"aanspreekpunt_{name}", meaning, labels=["span"])
        for (span, _outcomes), value in zip(spans, values, strict=True):
            told.add_metric([span], value)
        yield told


def _of_alarms(raised: Iterable[Alarm]) -> Metric:
    numbers = Counter(alarm.kind for alarm in raised)
    told = GaugeMetricFamily("aanspreekpunt_mail_alarms", "What is the matter with mail.", labels=["kind"])
    for kind in Kind:
        told.add_metric([kind], numbers[kind])
    return told


def _seconds(queue: Queue, at: datetime) -> float:
    return queue.longest_wait(at=at).total_seconds()


looked_up = CollectorRegistry()
looked_up.register(MailCollector())
looked_up.register(NoticeCollector())

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
    content = generate_latest(_registry()) + generate_latest(looked_up)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)


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
