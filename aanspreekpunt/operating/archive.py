"""The form of a backup: a zip file with the content of each table, the files, and a manifest that vouches for both.

    manifest.json            what made it, which migrations, per entry its length in rows or bytes and its SHA-256
    manifest.json.sha256     the SHA-256 of the manifest
    tables/<name>.copy       rows as PostgreSQL's COPY writes them
    attachments/<path>       stored files

Tables are written as text, so a backup can be restored into another version of PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = 1
MANIFEST = "manifest.json"
MANIFEST_DIGEST = "manifest.json.sha256"
CHUNK = 1024 * 1024


class NotABackup(Refusal):
    """The file is not one of ours, or of a form we do not know."""

    message = _("This file is not a backup that this version can read.")


class BackupIsDamaged(Refusal):
    """What the file holds is not what was written."""

    message = _("The backup is damaged: %(entry)s is not what was written. Nothing was restored.")


@dataclass
class Table:
    """What a backup holds of one table."""

    name: str
    columns: list[str]
    rows: int = 0
    sha256: str = ""

    @property
    def entry(self) -> str:
        return f"tables/{self.name}.copy"


@dataclass
class StoredFile:
    """What a backup holds of one stored file."""

    path: str
    size: int = 0
    sha256: str = ""

    @property
    def entry(self) -> str:
        return f"attachments/{self.path}"


@dataclass
class Manifest:
    """Everything needed to restore a backup and to know that it is whole."""

    made_at: str
    made_by: str
    server: int
    key_marks: dict[str, str]
    form: int = FORM
    migrations: list[list[str]] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Say how much it holds."""
        rows = sum(table.rows for table in self.tables)
        return {"tables": len(self.tables), "rows": rows, "files": len(self.files)}


def write_entry(archive: zipfile.ZipFile, name: str, chunks: Iterator[bytes | memoryview]) -> tuple[int, str]:
    """Write one entry; return its length and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as entry:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            entry.write(chunk)
    return size, digest.hexdigest()


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest last, when all lengths and sums are known."""
    content = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
    archive.writestr(MANIFEST, content)
    archive.writestr(MANIFEST_DIGEST, hashlib.sha256(content).hexdigest())


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Read the manifest. Refuses a file that is no backup, of a later form, or with a changed manifest."""
    try:
        content, digest = archive.read(MANIFEST), archive.read(MANIFEST_DIGEST).decode("ascii")
        if hashlib.sha256(content).hexdigest() != digest:
            raise BackupIsDamaged(entry=MANIFEST)
        values: dict[str, Any] = json.loads(content)
        if values["form"] != FORM:
            raise NotABackup
        tables = [Table(**table) for table in values.pop("tables")]
        files = [StoredFile(**file) for file in values.pop("files")]
        return Manifest(**values, tables=tables, files=files)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as problem:
        raise NotABackup from problem


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every entry and compare it with what the manifest vouches for."""
    parts: list[Table | StoredFile] = [*manifest.tables, *manifest.files]
    for part in parts:
        try:
            with archive.open(part.entry) as entry:
                digest = hashlib.sha256()
                for chunk in chunks_of(entry):
                    digest.update(chunk)
        except (KeyError, OSError, zipfile.BadZipFile, zlib.error) as problem:
            raise BackupIsDamaged(entry=part.entry) from problem
        if digest.hexdigest() != part.sha256:
            raise BackupIsDamaged(entry=part.entry)


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Read a stream in pieces that fit in memory."""
    while chunk := stream.read(CHUNK):
        yield chunk


def open_backup(file: Path) -> zipfile.ZipFile:
    """Open a backup for reading. Refuses what is no zip file."""
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile as problem:
        raise NotABackup from problem
