"""mdtm under a profiler: `python -m benchmarks.profiled OUT ARGUMENTS…`, with the arguments of the command line.

A server is profiled between the two signals; anything else from its start to its end.
"""

from __future__ import annotations

import cProfile
import signal
import sys
from typing import Any

START, STOP = signal.SIGUSR1, signal.SIGUSR2


def main() -> int:
    out, arguments = sys.argv[1], sys.argv[2:]
    profile = cProfile.Profile()

    def stop(*_: Any) -> None:
        profile.disable()
        profile.dump_stats(out)

    signal.signal(START, lambda *_: profile.enable())
    signal.signal(STOP, stop)
    if arguments[0] != "lsp":
        profile.enable()
    from mdtm.cli import main as mdtm

    try:
        return mdtm(arguments)
    finally:
        if arguments[0] != "lsp":
            stop()


if __name__ == "__main__":
    sys.exit(main())
