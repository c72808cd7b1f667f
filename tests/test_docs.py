"""What the documentation names exists, and what exists is documented."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from aanspreekpunt.config import env
from aanspreekpunt.config.safety import CHECKS
from aanspreekpunt.operating.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
ROOMS_OF_DOCS = dict.fromkeys(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/**/") if path.is_dir())
ALL_TEXT = "\n".join(TEXT.values())
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_page_of_settings_is_up_to_date() -> None:
    result = subprocess.run((sys.executable, "tools/settings_page.py", "--check"), cwd=ROOT, check=False)
    assert result.returncode == 0, "run `make settings`"


def test_every_setting_named_exists() -> None:
    named = set(re.findall(r"\bAANSPREEKPUNT_[A-Z_]+\b", ALL_TEXT))
    assert {
        name for name in named if name not in env.declared and name.removesuffix("_FILE") not in env.declared
    } == set()


def test_every_setting_that_is_checked_is_explained() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \|", TEXT["docs/operating/settings.md"], re.MULTILINE))
    assert explained == set(CHECKS)


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    named = re.findall(r"^(?:\| `|.*`| {4}|\w*=?\S* ?)?aanspreekpunt ([a-z]+)\b", ALL_TEXT, re.MULTILINE)
    commands = {command.name for command in COMMANDS}
    assert set(named) == commands
    assert commands == set(re.findall(r"^\| `aanspreekpunt ([a-z]+)", TEXT["docs/operating/install.md"], re.MULTILINE))


def test_every_make_target_is_documented_and_every_documented_one_exists() -> None:
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", ALL_TEXT, re.MULTILINE))
    assert named == TARGETS


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(("make", "help"), cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"make ([a-z]+)", shown)) == TARGETS


def test_every_page_that_the_code_names_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("[ab]*/**/*.py"))
    assert {
        page for page in re.findall(r"\bdocs/[\w/-]+\b(?:\.md)?", code) if page not in TEXT | ROOMS_OF_DOCS
    } == set()


@pytest.mark.parametrize("page", TEXT)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)", TEXT[page]):
        if "://" not in target:
            assert (ROOT / page).parent.joinpath(target).exists(), target


def test_every_health_address_named_exists() -> None:
    named = set(re.findall(r"`(/health/\w+|/metrics)`", ALL_TEXT))
    assert named == {"/health/live", "/health/ready", "/metrics"}
