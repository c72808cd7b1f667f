"""Writes everything an installation holds into one file, while it runs, as it was at one moment."""

from __future__ import annotations

import os
import zipfile
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from aanspreekpunt.config.secrets_kept import key_marks
from aanspreekpunt.operating.archive import (
    Manifest,
    StoredFile,
    Table,
    chunks_of,
    open_backup,
    read_manifest,
    verify,
    write_entry,
    write_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.backends.utils import CursorWrapper

COLUMNS_OF_OUR_TABLES = """
    select class.relname, array_agg(attribute.attname::text order by attribute.attnum)
    from pg_class class
    join pg_attribute attribute on attribute.attrelid = class.oid
    where class.relkind = 'r' and class.relnamespace = current_schema::regnamespace
      and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
    group by class.relname
    order by class.relname
"""
OUR_SEQUENCES = "select sequencename from pg_sequences where schemaname = current_schema order by sequencename"


def write_backup(file: Path) -> Manifest:
    """Write a backup under its final name only when it is whole and has been read back."""
    aside = file.with_name(f".{file.name}.unfinished")
    descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                manifest = _write_all(archive)
            stream.flush()
            os.fsync(stream.fileno())
        with open_backup(aside) as archive:
            verify(archive, read_manifest(archive))
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
    return manifest


def _write_all(archive: zipfile.ZipFile) -> Manifest:
    with _one_moment() as cursor:
        manifest = _begin(cursor)
        for table in manifest.tables:
            _size, table.sha256 = write_entry(archive, table.entry, _rows_of(cursor, table))
            table.rows = cursor.rowcount
    for stored in manifest.files:
        stored.size, stored.sha256 = write_entry(archive, stored.entry, _content_of(stored))
    write_manifest(archive, manifest)
    return manifest


@contextmanager
def _one_moment() -> Iterator[CursorWrapper]:
    """See the database as it is now, whatever others write meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        yield cursor


def _begin(cursor: CursorWrapper) -> Manifest:
    manifest = Manifest(
        made_at=timezone.now().isoformat(),
        made_by=_our_version(),
        server=connection.get_database_version()[0],
        key_marks=key_marks(),
    )
    cursor.execute(COLUMNS_OF_OUR_TABLES)
    manifest.tables = [Table(name=name, columns=columns) for name, columns in cursor.fetchall()]
    cursor.execute("select app, name from django_migrations order by id")
    manifest.migrations = [[app, name] for app, name in cursor.fetchall()]
    manifest.sequences = dict(_sequences(cursor))
    manifest.files = [StoredFile(path=path) for path in _stored_files()]
    return manifest


def _sequences(cursor: CursorWrapper) -> Iterator[tuple[str, int]]:
    """Name each sequence with the number it may give out next."""
    cursor.execute(OUR_SEQUENCES)
    for (name,) in cursor.fetchall():
        query = sql.SQL("select last_value + is_called::int from {}").format(sql.Identifier(name))
        cursor.execute(query)
        yield name, cursor.fetchone()[0]


def _rows_of(cursor: CursorWrapper, table: Table) -> Iterator[bytes | memoryview]:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    query = sql.SQL("copy {} ({}) to stdout").format(sql.Identifier(table.name), columns)
    with cursor.copy(query) as copy:
        yield from copy


def _stored_files() -> Iterator[str]:
    """List the attachments that were there; one added meanwhile belongs to a later moment."""
    root = settings.ATTACHMENTS_DIR
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(root).as_posix()


def _content_of(stored: StoredFile) -> Iterator[bytes]:
    """Read one attachment; one that was erased meanwhile is kept as an empty file."""
    try:
        with (settings.ATTACHMENTS_DIR / stored.path).open("rb") as stream:
            yield from chunks_of(stream)
    except FileNotFoundError:
        return


def _our_version() -> str:
    try:
        return version("aanspreekpunt")
    except PackageNotFoundError:  # run from a checkout
        return "unknown"
