"""Identifiers for the outside world: UUIDs that sort by the moment they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uuid_utils import compat

if TYPE_CHECKING:
    from uuid import UUID


def new_uuid() -> UUID:
    """Make a UUID of version 7, so that an index on it grows at its end and stays small."""
    return compat.uuid7()
