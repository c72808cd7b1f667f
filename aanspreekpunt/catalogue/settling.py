"""What the desk may settle itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor


def let_desk_settle(*, product: Product, kind: str, by: Actor, at: datetime) -> None:
    """Let the desk settle questions of this kind about the product. A product knows one answer for all its kinds."""
    product.desk_may_settle = True
    product.save(update_fields=["desk_may_settle"])
    record("product.desk_may_settle", subject=product, team_id=product.team_id, data={"kind": kind}, by=by, at=at)
