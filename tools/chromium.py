"""Finds the Chromium of the browser tests, and makes sure there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first shows the same pages with the same engine, without the windows, tabs and profiles around them that no test
looks at: that is half of the work."""
PACKAGES = ("chromium-headless-shell", "chromium")
PATIENCE_SECONDS = 300
"""Whoever has no way to Debian's packages does not wait for them without end."""


def program() -> str | None:
    """Return the program to test with: the one that CHROMIUM names, else the lightest there is."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


def main() -> int:
    """Install the lightest with apt-get where that may be done; else do with what there is, or say what to do."""
    if os.environ.get("CHROMIUM") or shutil.which(PROGRAMS[0]):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt("update", "--quiet", "--quiet")
        any(_apt("install", "--quiet", "--yes", "--no-install-recommends", package) for package in _wanted())
    if program():
        return 0
    print("The browser tests need Chromium. On Debian: sudo apt-get install chromium-headless-shell", file=sys.stderr)
    return 1


def _wanted() -> tuple[str, ...]:
    return PACKAGES[:1] if program() else PACKAGES


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ("apt-get", *arguments)
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands
            command, env=environment, stdin=subprocess.DEVNULL, check=False, timeout=PATIENCE_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
