"""What a process and its children use, as Linux tells it."""

from __future__ import annotations

import os

MIB = 1024.0
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """The process and all that came from it."""
    found = [pid]
    for known in found:  # grows while it is read
        for thread in _names(f"/proc/{known}/task"):
            found += map(int, _read(f"/proc/{known}/task/{thread}/children").split())
    return found


def cpu_ms(pid: int) -> float:
    """The CPU time of the tree so far, in milliseconds.

    The scheduler counts nanoseconds but forgets threads that have ended; the clock counts ticks and remembers them.
    """
    fine = coarse = 0.0
    for process in tree(pid):
        for thread in _names(f"/proc/{process}/task"):
            fine += int((_read(f"/proc/{process}/task/{thread}/schedstat").split() or ["0"])[0]) / 1e6
        numbers = _read(f"/proc/{process}/stat").rpartition(")")[2].split()
        coarse += sum(map(int, numbers[11:13])) * TICK_MS
    return max(fine, coarse - TICK_MS)


def memory(pid: int) -> float:
    """The resident memory of the tree, in MiB."""
    kib = 0
    for process in tree(pid):
        for line in _read(f"/proc/{process}/status").splitlines():
            if line.startswith("VmRSS"):
                kib += int(line.split()[1])
    return kib / MIB


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:  # it has just ended
        return ""
