"""Brings back what a backup holds, into an empty database of this or an older version of the tables."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy
from psycopg import sql

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.config.secrets_kept import key_marks
from aanspreekpunt.operating.archive import chunks_of, open_backup, read_manifest, verify
from aanspreekpunt.operating.loading import without_constraints
from aanspreekpunt.operating.schema import bring_up_to_date

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from django.db.backends.utils import CursorWrapper

    from aanspreekpunt.operating.archive import Manifest, StoredFile, Table

ASIDE = "before_restore"
MADE_BY_MIGRATING = frozenset({"django_migrations", "django_content_type", "auth_permission", "catalogue_uplname"})


class DatabaseIsNotEmpty(Refusal):
    """There is something in the database that restoring would throw away."""

    message = gettext_lazy("The database is not empty. With --replace, what it holds now is thrown away.")


class BackupIsNewer(Refusal):
    """The backup was made by a later version than this one."""

    message = gettext_lazy("The backup was made by a later version: this one does not know %(migration)s.")


class RestoredDiffers(Refusal):
    """What is in the database after restoring is not what the backup holds."""

    message = gettext_lazy("After restoring, %(table)s has %(found)d rows instead of %(expected)d. Nothing was kept.")


def restore_backup(file: Path, *, replace: bool = False) -> Manifest:
    """Restore `file` whole or not at all. Refuses a damaged or newer backup, and a database that is not empty."""
    with open_backup(file) as archive:
        manifest = read_manifest(archive)
        verify(archive, manifest)
        _refuse_newer(manifest)
        _refuse_full_database(replace=replace)
        with _old_tables_aside():
            _migrate_to(manifest)
            _load_all(archive, manifest)
            _bring_back_files(archive, manifest.files)
    bring_up_to_date()
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    for app, name in manifest.migrations:
        if (app, name) not in known:
            raise BackupIsNewer(migration=f"{app}.{name}")


def _refuse_full_database(*, replace: bool) -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if not replace and any(_has_rows(cursor, name) for name in tables if name not in MADE_BY_MIGRATING):
            raise DatabaseIsNotEmpty


@contextmanager
def _old_tables_aside() -> Iterator[None]:
    """Keep what the database held until restoring succeeded, and bring it back when it did not."""
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {ASIDE} cascade")
        cursor.execute(f"alter schema public rename to {ASIDE}")
        cursor.execute("create schema public")
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("drop schema public cascade")
            cursor.execute(f"alter schema {ASIDE} rename to public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema {ASIDE} cascade")


def _has_rows(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute(sql.SQL("select exists(select from {})").format(sql.Identifier(name)))
    return bool(cursor.fetchone()[0])


def _migrate_to(manifest: Manifest) -> None:
    """Build the tables as they were in the version that made the backup."""
    loader = MigrationLoader(None)
    applied = {(app, name) for app, name in manifest.migrations}
    for app in sorted({app for app, _name in applied}):
        last = [node for node in applied if node[0] == app and not _successors(loader, node) & applied]
        for _app, name in sorted(last):
            call_command("migrate", app, name, interactive=False, verbosity=0)


def _successors(loader: MigrationLoader, node: tuple[str, str]) -> set[tuple[str, str]]:
    return {child.key for child in loader.graph.node_map[node].children if child.key[0] == node[0]}


@transaction.atomic
def _load_all(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        names = [table.name for table in manifest.tables]
        with without_constraints(cursor):
            _empty(cursor, names)
            for table in manifest.tables:
                _load(cursor, archive, table)
        for name, following in manifest.sequences.items():
            cursor.execute("select setval(quote_ident(%s)::regclass, %s, false)", [name, following])


def _empty(cursor: CursorWrapper, names: Iterable[str]) -> None:
    """Throw away what migrating itself put in the tables."""
    cursor.execute(sql.SQL("truncate {}").format(sql.SQL(", ").join(map(sql.Identifier, names))))


def _load(cursor: CursorWrapper, archive: zipfile.ZipFile, table: Table) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    query = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table.name), columns)
    with archive.open(table.entry) as entry, cursor.copy(query) as copy:
        for chunk in chunks_of(entry):
            copy.write(chunk)
    cursor.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table.name)))
    found = cursor.fetchone()[0]
    if found != table.rows:
        raise RestoredDiffers(table=table.name, found=found, expected=table.rows)


def _bring_back_files(archive: zipfile.ZipFile, files: Iterable[StoredFile]) -> None:
    """Put all files in a new directory first, then let it take the place of the old one."""
    root = settings.ATTACHMENTS_DIR
    aside = root.with_name(f"{root.name}.restoring")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(mode=0o700, parents=True)
    for stored in files:
        target = (aside / stored.path).resolve()
        target.relative_to(aside.resolve())
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with archive.open(stored.entry) as entry, os.fdopen(_private(target), "wb") as stream:
            shutil.copyfileobj(entry, stream)
    shutil.rmtree(root, ignore_errors=True)
    aside.rename(root)


def _private(target: Path) -> int:
    return os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def keys_that_differ(manifest: Manifest) -> list[str]:
    """Name the keys that are another here than where the backup was made: what they lock stays locked."""
    return sorted(name for name, mark in key_marks().items() if manifest.key_marks.get(name) != mark)
