"""One module for each kind of thing of the standard: its fields, its filters, and where it stands in our register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.api.klantinteracties.resources.abonnementen import Abonnement
from aanspreekpunt.api.klantinteracties.resources.kanalen import Kanaal

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

RESOURCES: tuple[type[Resource], ...] = (Abonnement, Kanaal)
"""Every kind of thing, in the order of the document."""

CREATE_ONLY: tuple[type[Resource], ...] = ()
"""What can only be made."""
