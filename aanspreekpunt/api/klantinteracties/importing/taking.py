"""Taking over one page of things, in one transaction: all that is new, and what changed there and not here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Fault, Refused
from aanspreekpunt.api.klantinteracties.importing.kinds import Kind, Thing, faults_of, hash_of
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.imports.models import ImportedThing, ImportLink, ImportRefusal, ImportStretch
from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.resource import Writing
    from aanspreekpunt.imports.models import ImportRun

DOES_NOT_EXIST: Final = "does_not_exist"
OPEN_NAMES: Final = frozenset({"metadata"})
"""Fields with parts that anybody names as he likes; their names say something too."""
LONGEST_NAME: Final = 200
How = ImportedThing.How


@dataclass
class Tally:
    """What came of the things on a page, for the counts of the list."""

    met: int = 0
    """things that this run had not met before, or that came in after all"""
    first: int = 0
    """things that this run had not met before"""
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


@dataclass
class _Page:
    """A page while it is taken over."""

    kind: Kind
    kinds: Mapping[str, Kind]
    run: ImportRun
    writing: Writing
    things: dict[UUID, Thing] = field(default_factory=dict)
    refused: dict[str, list[Fault]] = field(default_factory=dict)
    """What stays out, by uuid as it is written there; empty for what has none."""
    known: dict[UUID, ImportedThing] = field(default_factory=dict)
    here: dict[UUID, int] = field(default_factory=dict)
    later: list[tuple[UUID, str, UUID]] = field(default_factory=list)
    fresh: set[UUID] = field(default_factory=set)
    """What came in or was brought up to date."""
    marks: dict[UUID, tuple[str, bytes]] = field(default_factory=dict)
    """How each thing stands after this page, and the hash of what it said."""
    tally: Tally = field(default_factory=Tally)

    def refuse(self, uuid: UUID | str, faults: Iterable[Fault]) -> None:
        self.refused.setdefault(str(uuid), []).extend(faults)
        if isinstance(uuid, UUID):
            self.things.pop(uuid, None)
            self.marks[uuid] = (How.REFUSED, b"")


def take_page(
    kind: Kind,
    bodies: Sequence[Any],
    *,
    kinds: Mapping[str, Kind],
    stretch: ImportStretch,
    forward: Callable[[ImportStretch], None],
    wants: Callable[[Any], bool] = lambda _body: True,
    writing: Writing,
) -> Tally:
    """Take over the things on one page of a list, and move the list on with `forward`; all of it or nothing.

    Here already and from elsewhere: left alone. Came in before: brought up to date when it says something else now and
    nobody changed it here since; what was removed here stays away.
    """
    with transaction.atomic():
        page = _Page(kind, kinds, stretch.run, writing)
        _read(page, [body for body in bodies if wants(body)])
        _look_up(page)
        _refer(page)
        _take(page)
        _note(page)
        stretch.met += page.tally.first
        stretch.moved_at = writing.at
        for what, number in page.tally.counts.items():
            setattr(stretch, what, getattr(stretch, what) + number)
        forward(stretch)
        stretch.save()
        if page.tally.counts.get("came_in") or page.tally.counts.get("brought_up_to_date"):
            data = {"path": kind.path, **page.tally.counts}
            record("import.page_taken", subject=stretch.run, data=data, by=writing.by, at=writing.at)
    return page.tally


def _read(page: _Page, bodies: Iterable[Any]) -> None:
    for body in bodies:
        if not isinstance(body, dict):
            page.refuse("", [Fault(NON_FIELD, "invalid", "")])
            continue
        try:
            uuid = UUID(body["uuid"])
        except (KeyError, ValueError, TypeError, AttributeError):
            page.refuse("", [Fault("uuid", "invalid" if body.get("uuid") else "required", "")])
            continue
        if uuid in page.things or str(uuid) in page.refused:
            continue
        try:
            page.things[uuid] = Thing(uuid, page.kind.read(body))
        except Refused as refused:
            page.refuse(uuid, faults_of(refused))
        except Refusal:
            page.refuse(uuid, [Fault(NON_FIELD, "invalid", "")])


def _look_up(page: _Page) -> None:
    """Find what we know of these things, and which of them are here."""
    uuids = [*page.things, *page.marks]
    theirs = ImportedThing.objects.filter(source_id=page.run.source_id, path=page.kind.path, uuid__in=uuids)
    page.known = {each.uuid: each for each in theirs}
    page.here = _ids(page.kind, uuids)


def _ids(kind: Kind, uuids: Iterable[UUID]) -> dict[UUID, int]:
    return dict(QuerySet(kind.model).filter(uuid__in=list(uuids)).values_list("uuid", "pk"))


def _refer(page: _Page) -> None:
    """Let each thing know the rows it refers to; a reference to nothing is left out, or keeps the thing out."""
    for name in page.kind.later:
        _put_off(page, name)
    for name, path in page.kind.refs.items():
        wanted = {uuid for each in page.things.values() for uuid in _named(each.data.get(name))}
        found = _ids(page.kinds[path], wanted) if wanted else {}
        for thing in list(page.things.values()):
            _refer_one(page, thing, name, found)


def _named(value: Any) -> list[UUID]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _refer_one(page: _Page, thing: Thing, name: str, found: Mapping[UUID, int]) -> None:
    value = thing.data.get(name)
    missing = [uuid for uuid in _named(value) if uuid not in found]
    if missing and page.kind.resource.fields[name].required:
        page.refuse(thing.uuid, [Fault(f"{name}.uuid", DOES_NOT_EXIST, "")])
        return
    if missing:
        thing.note(f"{name}.uuid", DOES_NOT_EXIST)
    if isinstance(value, list):
        thing.data[name] = [uuid for uuid in dict.fromkeys(value) if uuid in found]
        thing.refs[name] = tuple(found[uuid] for uuid in thing.data[name])
    elif value is not None:
        thing.data[name] = value if value in found else None
        thing.refs[name] = found.get(value)


def _put_off(page: _Page, name: str) -> None:
    """Keep for later what a thing refers to that comes in after it."""
    *groups, last = name.split(".")
    for thing in page.things.values():
        inside: Any = thing.data
        for group in groups:
            inside = inside.get(group) or {}
        target = inside.get(last)
        if target is not None:
            page.later.append((thing.uuid, name, target))


def _take(page: _Page) -> None:
    new: list[Thing] = []
    changed: list[tuple[int, Thing]] = []
    for thing in page.things.values():
        known, pk = page.known.get(thing.uuid), page.here.get(thing.uuid)
        was_in = known is not None and known.how == How.CAME_IN
        said = hash_of(thing.data)
        if pk is None and was_in:
            _settle(page, thing, "removed_here", How.CAME_IN, bytes(known.said) if known else b"")
        elif pk is None:
            new.append(thing)
        elif not was_in:
            _settle(page, thing, "was_here", How.WAS_HERE, b"")
        elif known is not None and bytes(known.said) == said:
            _settle(page, thing, "unchanged", How.CAME_IN, said)
        else:
            changed.append((pk, thing))
    _bring_in(page, new)
    _bring_up_to_date(page, changed)


def _bring_in(page: _Page, new: list[Thing]) -> None:
    said = {each.uuid: hash_of(each.data) for each in new}
    failed = page.kind.make(new, page.writing) if new else {}
    for thing in new:
        if thing.uuid in failed:
            page.refuse(thing.uuid, failed[thing.uuid])
        else:
            _settle(page, thing, "came_in", How.CAME_IN, hash_of(thing.data) if thing.notes else said[thing.uuid])


def _bring_up_to_date(page: _Page, changed: list[tuple[int, Thing]]) -> None:
    ours = page.kind.ours([pk for pk, _thing in changed], page.writing) if changed else {}
    for pk, thing in changed:
        before = bytes(page.known[thing.uuid].said)
        page.kind.fit(pk, thing, page.things)
        said = hash_of(thing.data)
        if said == before or (before and ours.get(pk) != before):
            _settle(page, thing, "unchanged" if said == before else "changed_here", How.CAME_IN, before)
            continue
        faults = page.kind.change(pk, thing, page.writing)
        if faults:
            thing.notes += faults
            _settle(page, thing, "unchanged", How.CAME_IN, before)
        else:
            _settle(page, thing, "brought_up_to_date", How.CAME_IN, said)


def _settle(page: _Page, thing: Thing, what: str, how: str, said: bytes) -> None:
    known = page.known.get(thing.uuid)
    page.marks[thing.uuid] = (how, said)
    is_first = known is None or known.seen_in != page.run.pk or known.how == How.REFUSED
    if is_first or what == "brought_up_to_date":
        page.tally.met += 1
        page.tally.count(what)
    if what in {"came_in", "brought_up_to_date"}:
        page.fresh.add(thing.uuid)


def _note(page: _Page) -> None:
    """Write down what we know of these things now, and why something of them stayed out."""
    run, path = page.run, page.kind.path
    page.tally.first = sum(1 for uuid in page.marks if not _is_met(page, uuid))
    for uuid, (how, _said) in page.marks.items():
        if how == How.REFUSED and not _is_met(page, uuid):
            page.tally.met += 1
    ImportedThing.objects.bulk_create(
        [
            ImportedThing(source_id=run.source_id, path=path, uuid=uuid, how=how, said=said, seen_in=run.pk)
            for uuid, (how, said) in page.marks.items()
            if not _is_noted(page, uuid, how, said)
        ],
        update_conflicts=True,
        unique_fields=["source", "path", "uuid"],
        update_fields=["how", "said", "seen_in"],
    )
    whole = ImportRefusal.objects.filter(run=run, path=path, is_whole=True)
    again = [uuid for uuid, known in page.known.items() if known.how == How.REFUSED]
    whole.filter(uuid__in=list(map(str, again))).delete()
    whole_now = [str(uuid) for uuid in page.fresh if _is_met(page, uuid)]
    if whole_now:  # what they referred to and was missing when they were met before is there by now, or noted again
        part = ImportRefusal.objects.filter(run=run, path=path, is_whole=False, uuid__in=whole_now)
        part.filter(Q(code=DOES_NOT_EXIST) | Q(field__in=page.kind.fitted)).delete()
    notes = {str(each.uuid): each.notes for each in page.things.values() if each.notes}
    rows = [*_refusals(page, page.refused, is_whole=True), *_refusals(page, notes, is_whole=False)]
    ImportRefusal.objects.bulk_create(rows, ignore_conflicts=True)
    links = (ImportLink(run=run, path=path, uuid=uuid, field=name, target=to) for uuid, name, to in page.later)
    ImportLink.objects.bulk_create([each for each in links if each.uuid in page.fresh], ignore_conflicts=True)


def _is_met(page: _Page, uuid: UUID) -> bool:
    known = page.known.get(uuid)
    return known is not None and known.seen_in == page.run.pk


def _is_noted(page: _Page, uuid: UUID, how: str, said: bytes) -> bool:
    known = page.known.get(uuid)
    return known is not None and (known.how, bytes(known.said), known.seen_in) == (how, said, page.run.pk)


def _refusals(page: _Page, faults: Mapping[str, Iterable[Fault]], *, is_whole: bool) -> Iterable[ImportRefusal]:
    for uuid, found in faults.items():
        for each in found:
            yield ImportRefusal(
                run=page.run,
                path=page.kind.path,
                uuid=uuid,
                field=_name(each.name),
                code=each.code[:LONGEST_NAME],
                is_whole=is_whole,
            )


def _name(name: str) -> str:
    """Return the name of a field as the standard has it, without what anybody may have put in a name of his own."""
    first, _dot, rest = name.partition(".")
    return first if first in OPEN_NAMES or not rest else f"{first}.{rest}"[:LONGEST_NAME]
