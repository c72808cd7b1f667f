"""Writes docs/settings.md from the settings themselves."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["AANSPREEKPUNT_MODE"] = "production"  # the page tells what production gets when a variable is left out

import aanspreekpunt.config.settings  # noqa: F401 - reading it declares all settings
from aanspreekpunt.config import env

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = ROOT / "docs" / "settings.md"
INTRODUCTION = """\
# Settings

Every setting is an environment variable. `make settings` writes this page from `aanspreekpunt/config/settings.py`,
and a test keeps both the same. What production refuses is in [operating/settings.md](operating/settings.md).

A secret may also be read from a file: instead of `AANSPREEKPUNT_SECRET_KEY` give `AANSPREEKPUNT_SECRET_KEY_FILE`
the name of a file that holds it.

| Variable | Holds | When left out | What it is for |
|---|---|---|---|
"""


def page() -> str:
    """Return the page as it should be."""
    return INTRODUCTION + "".join(rows())


def rows() -> Iterator[str]:
    """Describe each setting in one row, in the order of the settings file."""
    for setting in env.declared.values():
        default = f"`{setting.default}`" if setting.default else "-"
        yield f"| `{setting.name}` | {setting.kind} | {default} | {setting.meaning} |\n"


def main() -> int:
    """Write the page, or with `--check` only say whether it is up to date."""
    if sys.argv[1:] == ["--check"]:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
