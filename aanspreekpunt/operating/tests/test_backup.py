"""A backup made under load is one moment, and restored elsewhere it is the same."""

from __future__ import annotations

import threading
import zipfile
from typing import TYPE_CHECKING, Self

import psycopg
import pytest

from aanspreekpunt.config.embedded import PORT, ROLE
from aanspreekpunt.operating.tests.installation import Installation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def elsewhere(place: Path) -> Iterator[Installation]:
    """Give another installation, on another machine as it were."""
    directory = place / "elsewhere"
    directory.mkdir()
    other = Installation(directory)
    yield other
    other.postgres.stop()


def connect(installation: Installation) -> psycopg.Connection:
    installation.postgres.start()
    place = str(installation.postgres.socket_directory)
    return psycopg.connect(host=place, port=PORT, user=ROLE, dbname=ROLE, autocommit=True)


def rows(installation: Installation, query: str) -> list[tuple[object, ...]]:
    with connect(installation) as connection:
        return connection.execute(query).fetchall()


def content(installation: Installation) -> dict[str, list[tuple[object, ...]]]:
    """Read every table completely, each row as one text."""
    names = rows(installation, "select tablename from pg_tables where schemaname = 'public' order by 1")
    return {str(name): rows(installation, f'select t::text from "{name}" t order by 1') for (name,) in names}  # noqa: S608 - names of our own tables


class Load:
    """Somebody who keeps writing pairs that belong together, each pair in one transaction."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.stop = threading.Event()
        self.written = 0
        self.thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        with connect(self.installation) as connection:
            connection.execute("create table if not exists left_hand (n int primary key)")
            connection.execute("create table if not exists right_hand (n int references left_hand)")
            while not self.stop.is_set():
                with connection.transaction():
                    connection.execute("insert into right_hand select n from left_hand where false")
                    connection.execute("insert into left_hand values (%s)", [self.written])
                    connection.execute("insert into right_hand values (%s)", [self.written])
                self.written += 1

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.stop.set()
        self.thread.join()


def test_under_load_it_is_one_moment(with_tables: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    with Load(with_tables) as load:
        while load.written < 50:
            load.stop.wait(0.01)
        result = with_tables.run("backup", str(file))
        at_end = load.written
    assert result.returncode == 0, result.stderr
    with zipfile.ZipFile(file) as archive:
        left, right = archive.read("tables/left_hand.copy"), archive.read("tables/right_hand.copy")
    assert left == right
    assert 50 <= len(left.splitlines()) <= at_end
    assert file.stat().st_mode & 0o777 == 0o600


def fill(installation: Installation) -> None:
    with connect(installation) as connection:
        for number in range(20):
            name = f"Team {number}\t\\N\n'é€"
            connection.execute("insert into django_session values (%s, %s, now())", [f"session-{number}", name])
        connection.execute("select setval('journal_entry_id_seq', 500)")
    files = installation.directory / "attachments" / "2026"
    files.mkdir(parents=True)
    (files / "a.pdf").write_bytes(bytes(range(256)) * 9000)
    (files / "empty").write_bytes(b"")


def test_restored_elsewhere_it_is_the_same(with_tables: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    fill(with_tables)
    file = tmp_path / "backup.zip"
    assert with_tables.run("backup", str(file)).returncode == 0
    result = elsewhere.run("restore", str(file))
    assert result.returncode == 0, result.stderr
    assert "FOLLOW_CODE_KEY" in result.stdout  # elsewhere has another key
    assert content(elsewhere) == content(with_tables)
    restored = elsewhere.directory / "attachments" / "2026"
    assert (restored / "a.pdf").read_bytes() == bytes(range(256)) * 9000
    assert (restored / "empty").read_bytes() == b""
    assert rows(elsewhere, "select nextval('journal_entry_id_seq')") == [(501,)]
    shape = "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint order by 1, 2"
    assert rows(elsewhere, shape) == rows(with_tables, shape)
    triggers = (
        "select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal order by 1, 2"
    )
    assert rows(elsewhere, triggers) == rows(with_tables, triggers)
    indexes = "select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1"
    assert rows(elsewhere, indexes) == rows(with_tables, indexes)
    assert elsewhere.run("migrate").returncode == 0


def test_what_is_there_is_not_thrown_away_unasked(with_tables: Installation, tmp_path: Path) -> None:
    fill(with_tables)
    file = tmp_path / "backup.zip"
    assert with_tables.run("backup", str(file)).returncode == 0
    with connect(with_tables) as connection:
        connection.execute("delete from django_session where session_key = 'session-3'")
    refused = with_tables.run("restore", str(file))
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert len(rows(with_tables, "select from django_session")) == 19
    assert with_tables.run("restore", "--replace", str(file)).returncode == 0
    assert len(rows(with_tables, "select from django_session")) == 20


def damaged(file: Path, target: Path, **changes: bytes) -> Path:
    """Copy a backup with some entries changed."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, changes.get(name.replace("/", "_").replace(".", "_"), source.read(name)))
    return target


def test_a_damaged_backup_changes_nothing(with_tables: Installation, elsewhere: Installation, tmp_path: Path) -> None:
    fill(with_tables)
    file = tmp_path / "backup.zip"
    assert with_tables.run("backup", str(file)).returncode == 0
    wrong = {
        "rows": damaged(file, tmp_path / "1.zip", tables_django_session_copy=b"x\ty\t2026-01-01\n"),
        "manifest": damaged(file, tmp_path / "2.zip", manifest_json=b"{}"),
        "cut off": tmp_path / "3.zip",
    }
    wrong["cut off"].write_bytes(file.read_bytes()[:-200])
    for kind, backup in wrong.items():
        assert elsewhere.run("restore", str(backup)).returncode == 1, kind
    assert rows(elsewhere, "select from pg_tables where schemaname = 'public'") == []


def test_a_backup_by_a_later_version_is_refused(with_tables: Installation, tmp_path: Path) -> None:
    fill(with_tables)
    with connect(with_tables) as connection:
        connection.execute(
            "insert into django_migrations (app, name, applied) values ('questions', '9999_later', now())"
        )
    file = tmp_path / "backup.zip"
    assert with_tables.run("backup", str(file)).returncode == 0
    before = content(with_tables)
    refused = with_tables.run("restore", "--replace", str(file))
    assert (refused.returncode, "questions.9999_later" in refused.stderr) == (1, True)
    assert content(with_tables) == before


def test_a_restore_that_fails_half_way_brings_everything_back(with_tables: Installation, tmp_path: Path) -> None:
    fill(with_tables)
    with connect(with_tables) as connection:  # a row that the tables as this version makes them do not accept
        connection.execute("alter table django_session alter column expire_date drop not null")
        connection.execute("insert into django_session values ('odd', 'x', null)")
    file = tmp_path / "backup.zip"
    assert with_tables.run("backup", str(file)).returncode == 0
    before = content(with_tables)
    assert with_tables.run("restore", "--replace", str(file)).returncode == 1
    assert content(with_tables) == before
