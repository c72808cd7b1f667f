"""How much processor time and memory groups of processes used, from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of processor time used so far."""

    ours: float
    """by the web server, or, without one, by the clients themselves"""
    database: float


def used(*, web: int | None, database: int) -> Used:
    """Read what the process tree of `web` and the one of `database` used so far."""
    ours = _seconds_of_tree(web) if web else sum(os.times()[:4])
    return Used(ours, _seconds_of_tree(database))


def memory_of_workers(web: int) -> list[int]:
    """Return the resident memory of each web worker, in MB."""
    return [_resident_mb(pid) for pid in _workers(web)]


def forget_peaks(web: int) -> None:
    """Let the peak of each web worker count from now on."""
    for pid in _workers(web):
        Path(f"/proc/{pid}/clear_refs").write_text("5", "ascii")


def peaks_of_workers(web: int) -> list[float]:
    """Return the most memory each web worker had resident since its peak was forgotten, in MB."""
    return [_peak_mb(pid) for pid in _workers(web)]


def _workers(web: int) -> list[int]:
    workers = [pid for pid in _tree(web) if pid != web]
    return sorted(pid for pid in workers if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes())


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def database_pid(directory: Path) -> int:
    """Return the process id of the database server whose data is in `directory`."""
    return int((directory / "postmaster.pid").read_text("ascii").split("\n", 1)[0])


def _seconds_of_tree(root: int) -> float:
    return sum(_seconds(pid) for pid in _tree(root))


def _tree(root: int) -> set[int]:
    parents = {int(entry.name): _parent(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    tree, grew = {root}, True
    while grew:
        children = {pid for pid, parent in parents.items() if parent in tree}
        grew = not children <= tree
        tree |= children
    return tree


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _seconds(pid: int) -> float:
    fields = _stat(pid)
    # Of itself and of children that ended, such as backends of connections that were closed.
    return sum(int(each) for each in fields[11:15]) / _TICKS if fields else 0.0


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()
    except OSError:  # it ended
        return []


def _resident_mb(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
