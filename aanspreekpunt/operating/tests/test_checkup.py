"""`check` tells whether an installation is healthy and safe, in a table and by its exit code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.operating import checkup
from aanspreekpunt.operating.report import print_findings, print_progress
from aanspreekpunt.organisation.tests.make import make_municipality

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


def verdicts(findings: object) -> dict[str, Verdict]:
    return {finding.name: finding.verdict for finding in findings}  # type: ignore[attr-defined]  # any iterable of them


def test_exit_code_is_1_only_for_errors(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_findings([Finding("a", Verdict.OK), Finding("longer", Verdict.WARNING, "mind this")]) == 0
    assert print_findings([Finding("a", Verdict.ERROR, "broken")]) == 1
    assert capsys.readouterr().out.splitlines()[1].split(maxsplit=2)[1:] == ["longer", "mind this"]


@pytest.fixture
def no_jobs(db: None) -> None:  # noqa: ARG001 - they stand in it
    """Begin without the jobs that tests before this one had committed; nothing else empties their table."""
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_events")
        cursor.execute("delete from procrastinate_jobs")


@pytest.mark.usefixtures("no_jobs")
def test_an_installation_without_worker_is_not_healthy() -> None:
    found = verdicts(checkup.check_installation())
    assert found["worker"] is Verdict.ERROR
    assert found["database"] is found["migrations"] is found["jobs"] is found["outgoing mail"] is Verdict.OK
    assert found["AANSPREEKPUNT_MODE"] is Verdict.WARNING


def test_assets_that_were_never_collected_are_named(settings: SettingsWrapper, tmp_path: Path) -> None:
    collected = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": collected}}
    settings.STATIC_ROOT = tmp_path
    (finding,) = checkup.check_assets()
    assert finding.verdict is Verdict.ERROR
    assert "catalogue/conditions.js" in finding.message
    assert "aanspreekpunt migrate" in finding.message
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.STORAGES = dict(settings.STORAGES)  # what was read of it before is forgotten
    assert verdicts(checkup.check_assets()) == {"assets": Verdict.OK}
    next(tmp_path.glob("desk/keyboard.*.js")).unlink()
    (finding,) = checkup.check_assets()
    assert "desk/keyboard.js" in finding.message


def test_a_design_system_that_was_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aanspreekpunt.operating.assets.find", lambda _: None)
    (finding,) = checkup.check_assets()
    assert (finding.verdict, "vendor/utrecht/index.css" in finding.message) == (Verdict.ERROR, True)


@pytest.mark.django_db
def test_a_theme_that_is_not_there_is_said(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.THEME_DIR = tmp_path
    here = make_municipality()
    assert list(checkup.check_theme()) == []
    for sheet, expected in (("gemeente.css", Verdict.WARNING), ("/elders/a.css", None), ("er-is.css", Verdict.OK)):
        (tmp_path / "er-is.css").touch()
        here.theme_css = sheet
        here.save()
        assert verdicts(checkup.check_theme()).get("theme") is expected


@pytest.mark.django_db
def test_in_production_each_setting_is_listed(settings: SettingsWrapper) -> None:
    settings.IS_PRODUCTION = True
    assert "AANSPREEKPUNT_SECRET_KEY" in verdicts(checkup.check_installation())


def test_a_database_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("no route\nmore")

    monkeypatch.setattr(checkup, "check_database", refuse)
    (finding,) = [finding for finding in checkup.check_installation() if finding.name == "database"]
    assert (finding.verdict, finding.message) == (Verdict.ERROR, "no route")


@pytest.mark.django_db
@pytest.mark.parametrize(("version", "verdict"), [(14, "error"), (15, "ok"), (18, "ok"), (19, "warning")])
def test_the_version_of_the_database_is_judged(monkeypatch: pytest.MonkeyPatch, version: int, verdict: str) -> None:
    monkeypatch.setattr(checkup.connection, "get_database_version", lambda: (version, 0))
    assert verdicts(checkup.check_database())["database"] == verdict


@pytest.mark.django_db
def test_missing_migrations_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "unapplied_migrations", lambda: ["questions.0009"])
    assert verdicts(checkup.check_database())["migrations"] is Verdict.ERROR
    assert "worker" not in verdicts(checkup.check_installation())


@pytest.mark.usefixtures("no_jobs")
def test_jobs_are_judged() -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
        cursor.execute("insert into procrastinate_jobs (queue_name, task_name, status) values ('a', 'b', 'failed')")
        cursor.execute("insert into procrastinate_jobs (queue_name, task_name) values ('a', 'b')")
    now = timezone.now()
    found = verdicts(checkup.check_jobs(at=now))
    assert found == {"worker": Verdict.OK, "jobs": Verdict.OK, "failed jobs": Verdict.WARNING}
    found = verdicts(checkup.check_jobs(at=now + timedelta(hours=1)))
    assert (found["worker"], found["jobs"]) == (Verdict.ERROR, Verdict.ERROR)


@pytest.mark.parametrize(("free", "verdict"), [(0, "error"), (2, "warning"), (50, "ok")])
def test_room_on_disk_is_judged(monkeypatch: pytest.MonkeyPatch, free: int, verdict: str) -> None:
    class Usage:
        """What is left."""

    Usage.free = free * 1024**3  # type: ignore[attr-defined]  # as in the standard library's answer
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _directory: Usage)
    assert verdicts(checkup.check_disk()) == {"disk": verdict}


def test_a_data_directory_that_cannot_be_written_is_an_error(settings: SettingsWrapper, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "below"
    assert verdicts(checkup.check_disk()) == {"disk": Verdict.ERROR}


def test_progress_is_a_bar_on_a_terminal_and_a_line_now_and_then_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for done in range(1, 101):
        print_progress(done, 100)
    assert capsys.readouterr().err.splitlines() == [f"{tenth}0/100" for tenth in range(1, 11)]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    print_progress(1, 2)
    assert "##" in capsys.readouterr().err
