"""Figures for Prometheus about telling other systems what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from aanspreekpunt.subscriptions.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import Metric


class NoticeCollector(Collector):
    """How telling other systems is doing, looked up when somebody asks; nothing while the database is away."""

    def describe(self) -> Iterable[Metric]:
        """Say nothing beforehand, so that nothing is looked up when this is made known."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Look it up."""
        try:
            now, at = figures(), timezone.now()
        except DatabaseError:
            return
        oldest = now.longest_wait(at=at).total_seconds()
        for name, meaning, value in (
            ("news_unread", "Lines of the journal not yet looked at for subscriptions, at most 1000.", now.unread),
            ("notices_waiting", "Notices that wait to be sent, at most 1000.", now.waiting),
            ("notices_oldest_seconds", "How long the oldest of them waits.", oldest),
            ("notices_dead", "Notices that were given up, at most 1000.", now.dead),
            ("subscriptions_paused", "Subscriptions paused because nothing arrived.", now.paused),
        ):
            yield GaugeMetricFamily(f"aanspreekpunt_{name}", meaning, value=value)
