"""Makes sure the browser tests find a Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def main() -> int:
    """Install Chromium with apt-get where that may be done; else say what to do."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return 0
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print("The browser tests need Chromium. On Debian: sudo apt-get install chromium", file=sys.stderr)
        return 1
    subprocess.run((apt, "update", "--quiet", "--quiet"), check=False)  # noqa: S603 - a fixed command
    install = (apt, "install", "--quiet", "--yes", "--no-install-recommends", "chromium")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(install, env=environment, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
