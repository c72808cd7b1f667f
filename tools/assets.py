"""Installs the style sheets of NL Design System from npm and puts them where the pages look for them."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "aanspreekpunt" / "common" / "static" / "vendor"
STYLE_SHEETS = {
    "utrecht/index.css": "@utrecht/component-library-css/dist/index.css",
    "utrecht/LICENSE.md": "@utrecht/component-library-css/LICENSE.md",
    "voorbeeld/theme.css": "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
    "voorbeeld/LICENSE.md": "@nl-design-system-unstable/voorbeeld-design-tokens/LICENSE.md",
}


def main() -> int:
    """Install what package-lock.json names, or with `--lock` write it anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lock", action="store_true", help="write package-lock.json anew")
    if parser.parse_args().lock:
        return run_npm("install", "--package-lock-only")
    code = run_npm("ci", "--loglevel=error")
    if code == 0:
        copy_style_sheets()
    return code


def run_npm(*arguments: str) -> int:
    """Run npm; without one on this machine, install it into the virtual environment first."""
    npm = shutil.which("npm") or own_npm()
    return subprocess.run((npm, *arguments), cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603


def own_npm() -> str:
    """Return the npm of this virtual environment, installing it when it is not there."""
    npm = Path(sys.prefix) / "bin" / "npm"
    if not npm.exists():
        print("Installing Node.js, because there is no npm on this machine …")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
        subprocess.run((*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")), check=True)  # noqa: S603
    return str(npm)


def copy_style_sheets() -> None:
    """Copy what the pages use; the rest of node_modules is not served."""
    for name, source in STYLE_SHEETS.items():
        target = TARGET / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / source, target)


if __name__ == "__main__":
    sys.exit(main())
