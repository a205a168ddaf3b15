"""`python -m benchmarks`: measures, and writes what came of it; `make bench` makes all that it needs first."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from benchmarks.contestants import HERE, contestants, versions
from benchmarks.hotspots import hotspots
from benchmarks.lane import QUICK, Lane, Plan
from benchmarks.page import as_page
from benchmarks.parts.answers import answers
from benchmarks.parts.check import check
from benchmarks.parts.cold import cold
from benchmarks.parts.keystroke import keystroke
from benchmarks.parts.reading import reading
from benchmarks.parts.resume import resume
from benchmarks.parts.symbols import symbols
from benchmarks.parts.workspace import workspace
from benchmarks.samples import Results, Sample, percentile

PARTS: dict[str, Callable[[Lane], Iterator[Sample]]] = {
    "keystroke": keystroke,
    "answers": answers,
    "symbols": symbols,
    "cold": cold,
    "check": check,
    "workspace": workspace,
    "reading": reading,
    "resume": resume,
}
RESULTS = HERE / ".cache" / "results.json"
PAGE = HERE.parent / "docs" / "performance.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures mdtm beside a bare server and its peers.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without any")
    parser.add_argument("--quick", action="store_true", help="little of everything, without peers: does it run?")
    parser.add_argument("--results", type=Path, metavar="PATH", help="where the numbers go, as JSON")
    parser.add_argument("--page", type=Path, metavar="PATH", help="where the page goes; a whole run has one anyway")
    parser.add_argument("--again", action="store_true", help="write the page from the numbers of the last whole run")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if sys.platform != "linux":
        parser.error("memory and CPU time are read from /proc, which Linux alone has")
    whole = not chosen.parts and not chosen.quick
    numbers = chosen.results or (RESULTS if whole else RESULTS.with_name("part.json"))
    if not chosen.again:
        _measure(chosen.parts or list(PARTS), chosen.quick, whole).save(numbers)
    results = Results.load(numbers)
    if page := chosen.page or (PAGE if whole else None):
        page.write_text(as_page(results), "utf-8")
        print(f"written: {page}")
    return 0


def _measure(parts: list[str], quick: bool, whole: bool) -> Results:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed for use is compiled once, not at each start
    about: dict[str, Any] = {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores ({_processor()}), {platform.system()} {platform.release().split('-')[0]}",
        "load before": os.getloadavg()[0],
        "versions": versions(),
        "whole": whole,
    }
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="mdtm-bench-") as folder:
        everyone = contestants(Path(folder), peers=not quick)
        lane = Lane(Path(folder), everyone, QUICK if quick else Plan())
        for part in parts:
            for sample in PARTS[part](lane):
                samples.append(sample)
                _show(part, sample)
        found = hotspots(lane) if whole else {}
    return Results({**about, "load after": os.getloadavg()[0]}, samples, found)


def _show(part: str, sample: Sample) -> None:
    if sample.values:
        middle = percentile(sample.values, 50)
        print(f"{part:9} {sample.size:6} {sample.round} {sample.contestant:13} {sample.measure:28} {middle:10.2f}")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


if __name__ == "__main__":
    sys.exit(main())
