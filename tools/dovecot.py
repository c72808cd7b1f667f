"""Makes sure the tests of mailboxes find a Dovecot to fetch mail from."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Install Dovecot with apt-get where that may be done; else say what to do."""
    if shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists():
        return 0
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print("The tests of mailboxes need Dovecot. On Debian: sudo apt-get install dovecot-imapd", file=sys.stderr)
        return 1
    subprocess.run((apt, "update", "--quiet", "--quiet"), check=False)  # noqa: S603 - a fixed command
    install = (apt, "install", "--quiet", "--yes", "--no-install-recommends", "dovecot-imapd")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(install, env=environment, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
