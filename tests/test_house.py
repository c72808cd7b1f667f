"""What holds for the whole house and has no room of its own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from aanspreekpunt.config import settings

ROOT = Path(__file__).resolve().parents[1]


def tracked_files() -> list[Path]:
    """Name every file of the repository that is text."""
    names = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name.decode() for name in names.split(b"\0") if name]
    return [file for file in files if file.suffix not in {".png", ".ico", ".pdf", ".woff2"} and file.exists()]


def test_every_folder_with_code_is_installed() -> None:
    folders = {path.parent.name for path in (ROOT / "aanspreekpunt").glob("*/apps.py")}
    assert folders == set(settings.OUR_APPS)


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text, lock
        assert len(re.findall(r"^\S+==", text, re.MULTILINE)) <= text.count("--hash=sha256:"), lock
    package_lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in package_lock
    assert '"resolved"' not in package_lock


def test_no_file_holds_the_marks_of_a_merge_that_was_not_finished() -> None:
    mark = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert [file for file in tracked_files() if mark.search(file.read_text(encoding="utf-8", errors="replace"))] == []


def test_no_module_grew_too_long() -> None:
    too_long = {
        file.relative_to(ROOT).as_posix(): count
        for file in tracked_files()
        if file.suffix == ".py" and not {"migrations", "tests"} & set(file.parts) and file.name != "settings.py"
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not too_long


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [file for file in tracked_files() if re.match(r"(utils?|helpers?|misc|managers?)\.py$", file.name)]


def test_every_test_that_drives_a_browser_stands_where_make_looks_for_them() -> None:
    mark = "pytest.mark." + "browser"  # in two, so that this file does not count
    marked = [file for file in tracked_files() if file.suffix == ".py" and mark in file.read_text(encoding="utf-8")]
    assert {file.parent for file in marked} == {ROOT / "tests" / "browser"}
    assert "-m browser tests/browser" in (ROOT / "Makefile").read_text(encoding="utf-8")
