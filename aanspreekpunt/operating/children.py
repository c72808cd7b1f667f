"""A process that is started, watched and started again when it dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger(__name__)

SECONDS_TO_COUNT_AS_RUNNING = 10.0
LONGEST_PAUSE_SECONDS = 30.0
FIRST_PAUSE_SECONDS = 0.5


@dataclass
class Child:
    """One subcommand of ours as a process of its own."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = field(default=0.0)

    def start(self) -> None:
        """Start it; it ends by itself when this process is gone."""
        command = (sys.executable, "-m", "aanspreekpunt", self.name, "--parent", str(os.getpid()))
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        self.started_at = time.monotonic()

    def keep_alive(self) -> None:
        """Start it again when it died: at once the first time, with growing pauses when it keeps dying."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started_at
        if lived >= SECONDS_TO_COUNT_AS_RUNNING:
            self.pause = 0.0
        if lived >= self.pause:
            log.warning("process died, starting it again", process=self.name, code=self.process.returncode)
            self.pause = min(max(self.pause * 2, FIRST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)
            self.start()

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_until_stopped(self, *, deadline: float) -> None:
        """Wait until it ended; end it without asking when the monotonic clock passes `deadline`."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("process did not stop, ending it", process=self.name)
            self.process.kill()
            self.process.wait()
