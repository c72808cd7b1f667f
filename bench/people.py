"""Who is logged in during a measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.load import CLIENTS

if TYPE_CHECKING:
    from bench.installation import Site


def log_in(site: Site, *, role: str) -> list[str]:
    """Log in as employees with this role, one for each client; return their cookies."""
    from aanspreekpunt.demo.queries import PASSWORD  # noqa: PLC0415 - after `installation.begin`
    from aanspreekpunt.organisation.models import Membership  # noqa: PLC0415

    held = Membership.objects.filter(role=role, employee__is_active=True).order_by("id")
    emails = list(held.values_list("employee__email", flat=True)[:CLIENTS])
    return [site.log_in(email, PASSWORD) for email in emails]
