"""Filling in, when all is here, what refers to something that came in later: what a party prefers, for example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from aanspreekpunt.api.klantinteracties.importing.taking import DOES_NOT_EXIST
from aanspreekpunt.imports.models import ImportedThing, ImportLink, ImportRefusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aanspreekpunt.api.klantinteracties.importing.kinds import Kind, Later
    from aanspreekpunt.imports.models import ImportRun

BATCH: Final = 2000


def fill_in(run: ImportRun, kinds: Mapping[str, Kind]) -> None:
    """Fill in every reference that waits; what still leads nowhere is noted, and looked at again the next time."""
    while _fill_some(run, kinds):
        pass


@transaction.atomic
def _fill_some(run: ImportRun, kinds: Mapping[str, Kind]) -> bool:
    links = list(ImportLink.objects.filter(run=run).order_by("pk")[:BATCH])
    of_field: dict[tuple[str, str], list[ImportLink]] = {}
    for link in links:
        of_field.setdefault((link.path, link.field), []).append(link)
    for (path, name), wanted in of_field.items():
        later = kinds[path].later[name]
        done = _fill(kinds[path], later, kinds[later.path], wanted)
        _note(run, [link for link in wanted if str(link.uuid) not in done])
    ImportLink.objects.filter(pk__in=[link.pk for link in links]).delete()
    return bool(links)


def _fill(kind: Kind, later: Later, target: Kind, wanted: list[ImportLink]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {kind.table} t SET {later.column} = r.id"  # noqa: S608 - names of our own
            f" FROM unnest(%s::uuid[], %s::uuid[]) link (own, other), {target.table} r"
            f" WHERE t.uuid = link.own AND r.uuid = link.other AND {later.condition} RETURNING t.uuid::text",
            [[link.uuid for link in wanted], [link.target for link in wanted]],
        )
        return {uuid for (uuid,) in cursor.fetchall()}


def _note(run: ImportRun, missing: list[ImportLink]) -> None:
    ImportRefusal.objects.bulk_create(
        [
            ImportRefusal(
                run=run,
                path=link.path,
                uuid=str(link.uuid),
                field=f"{link.field}.uuid",
                code=DOES_NOT_EXIST,
                is_whole=False,
            )
            for link in missing
        ],
        ignore_conflicts=True,
    )
    for path in {link.path for link in missing}:
        uuids = [link.uuid for link in missing if link.path == path]
        ImportedThing.objects.filter(source_id=run.source_id, path=path, uuid__in=uuids).update(said=b"")
