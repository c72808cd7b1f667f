"""Writing in the access log what a request showed or changed: all of it in one query, or along with the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import now

from aanspreekpunt.api.klantinteracties.contract.rights import KINDS, NOT_PERSONAL
from aanspreekpunt.common.writing import taking_along
from aanspreekpunt.journal.access_log import Shown, access_lines, record_access

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Record, Resource, Writing


def note(verb: str, resource: Resource, records: Iterable[Record], reading: Reading) -> None:
    """Write that the caller did `verb` with `records`, and was shown what came along with them."""
    shown = {resource.path: [uuid for record in records for uuid in _uuids(record)]}
    did = [_shown(verb, path, uuids) for path, uuids in shown.items()]
    did += [_shown("read", path, uuids) for path, uuids in reading.shown_along.items()]
    lines = [each for each in did if each.ids and each.resource not in NOT_PERSONAL]
    if lines:
        record_access(shown=lines, asked=reading.caller.asked, by=reading.caller.actor, at=now())


def noted_along(resource: Resource, uuid: UUID, writing: Writing) -> AbstractContextManager[None]:
    """Write that the caller makes the thing of this uuid, in the very statement in which it is made in this block."""
    did = [_shown("create", resource.path, [str(uuid)])]
    lines = access_lines(shown=did, asked=writing.caller.asked, by=writing.by, at=writing.at)
    return taking_along(*lines)


def _shown(verb: str, path: str, uuids: list[str]) -> Shown:
    kinds = KINDS.get(path)
    return Shown(verb=verb, resource=kinds[0].value if kinds and path not in NOT_PERSONAL else path, ids=uuids)


def _uuids(record: Record) -> list[str]:
    """Return the uuid of a thing, or those of its parts when it was made of several at once."""
    if "uuid" in record.body:
        return [str(record.body["uuid"])]
    return [str(part["uuid"]) for part in record.body.values() if isinstance(part, dict) and "uuid" in part]
