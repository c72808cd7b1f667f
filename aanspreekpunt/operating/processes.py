"""Makes sure that no process outlives the one that watches over it, however that one ended."""

from __future__ import annotations

import os
import signal
import threading
import time

SECONDS_BETWEEN_LOOKS = 0.3
SECONDS_TO_SAY_GOODBYE = 5


def end_with_parent(parent: int | None) -> None:
    """End this process soon after `parent` is gone: first asking, then without asking."""
    if parent is not None:
        threading.Thread(target=_watch, args=(parent,), name="watches-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_TO_SAY_GOODBYE)
    os._exit(1)
