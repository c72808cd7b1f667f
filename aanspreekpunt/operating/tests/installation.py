"""An installation of its own for a test: a data directory, a port, and the command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from aanspreekpunt.config.embedded import EmbeddedPostgres

CHECKOUT = Path(__file__).resolve().parents[3]


@dataclass
class Installation:
    """One installation, run through its command as an administrator would."""

    directory: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def postgres(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(directory=self.directory / "postgres")

    def environment(self) -> dict[str, str]:
        """Give the variables of this installation only, not those of the tests."""
        ours = ("AANSPREEKPUNT_", "DATABASE_URL", "DJANGO_", "PROMETHEUS_", "COV_", "LC_", "LANG")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        own = {
            "AANSPREEKPUNT_MODE": "demo",
            "AANSPREEKPUNT_DATA_DIR": str(self.directory),
            "AANSPREEKPUNT_DEMO_QUESTIONS": "50",
            "PYTHONPATH": str(CHECKOUT),
        }
        return {**kept, **own, **self.variables}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        command = (sys.executable, "-m", "aanspreekpunt", *arguments)
        return subprocess.run(
            command,
            env=self.environment(),
            cwd=self.directory,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, *arguments: str, output: Path) -> subprocess.Popen[bytes]:
        """Start one command that goes on."""
        command = (sys.executable, "-m", "aanspreekpunt", *arguments)
        with output.open("wb") as stream:
            return subprocess.Popen(
                command, env=self.environment(), cwd=self.directory, stdout=stream, stderr=subprocess.STDOUT
            )


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
