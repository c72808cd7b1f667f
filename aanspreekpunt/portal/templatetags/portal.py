"""What every page for residents shows around its content."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils import timezone

from aanspreekpunt.organisation.queries import NotSetUp, municipality
from aanspreekpunt.portal.reaching import Way, hours_now, human_ways

register = template.Library()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page."""

    name: str
    theme: str
    website: str
    ways: list[Way]
    hours: str


@register.simple_tag
def frame_of_portal() -> Frame:
    """Return what stands around the page: the municipality, and how to reach a human being."""
    try:
        everyone, now = municipality(), timezone.now()
        ways = human_ways(at=now)
        return Frame(everyone.name, everyone.theme, everyone.contact.get("website", ""), ways, hours_now(at=now))
    except NotSetUp:
        return Frame("Aanspreekpunt", "voorbeeld-theme", "", [], "")
