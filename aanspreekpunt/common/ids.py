"""Identifiers for the outside world: UUIDs of version 7, so that an index on them grows at its end and stays small."""

from uuid_utils.compat import uuid7 as new_uuid

__all__ = ["new_uuid"]
