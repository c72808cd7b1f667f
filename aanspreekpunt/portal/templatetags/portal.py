"""What every page for residents shows around its content."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils import timezone

from aanspreekpunt.common.phone_numbers import telephone_href
from aanspreekpunt.organisation.queries import NotSetUp, municipality
from aanspreekpunt.portal.reaching import hours_now

register = template.Library()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page."""

    name: str
    theme: str
    theme_address: str
    website: str
    phone: str
    phone_href: str
    hours: str


@register.simple_tag
def frame_of_portal() -> Frame:
    """Return what stands around the page: the municipality, and how to reach a human being."""
    try:
        everyone, now = municipality(), timezone.now()
        phone, website = everyone.contact.get("phone", ""), everyone.contact.get("website", "")
        href = telephone_href(phone)
        return Frame(
            name=everyone.name,
            theme=everyone.theme,
            theme_address=everyone.theme_address,
            website=website,
            phone=phone if href else "",
            phone_href=href,
            hours=hours_now(at=now),
        )
    except NotSetUp:
        return Frame("Aanspreekpunt", "voorbeeld-theme", "", "", "", "", "")
