"""Writes `docs/real-files.md`: how often each rule speaks up over real files, and how often it was right.

The counts are made anew each time; what people have judged stands in `tests/real_files.toml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mdtm.rules import FAMILIES, Rule, code_of
from mdtm.toml.block import read_toml
from tests.real_files import FOLDER, REASON, Sample, read_samples

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "real-files.md"
JUDGED = Path(__file__).parent / "real_files.toml"
_HEAD = """\
# Rules over real files

<!-- Written by `make real-files`; what is changed here by hand is lost. -->

These are {files} files from {repositories} public repositories, {ours} of them documents that mdtm checks.
mdtm reads each of them without an exception; `tests/test_corpus.py` asserts that, and that this page is current.
The files are not part of this repository.

*Hits* are findings, *files* those that have one.
A person or an agent has *looked at* the hits, at thirty of them where there are many more: at the message, the place and the lines that it is about, and at the whole file where those did not tell.
A hit is *right* when its message is true of the file and somebody who keeps the file would want to know;
where the sample of files lacks what a rule looks for, such as a task that the repository has, the hit is counted as right only when the message is true all the same.
Over all rules {right} of the {looked} hits that were looked at are right, {precision}.
"""


def page(samples: Sequence[Sample]) -> str:
    """The page in Markdown."""
    judged = read_judged()
    hits = Counter(problem.code for sample in samples for problem in sample.problems)
    files = Counter(code for sample in samples for code in {problem.code for problem in sample.problems})
    looked, right = (sum(row.get(key, 0) for row in judged.values()) for key in ("looked_at", "right"))
    head = _HEAD.format(
        files=f"{len(samples):,}",
        repositories=len({sample.repository for sample in samples}),
        ours=f"{sum(sample.document.schema is not None for sample in samples):,}",
        looked=looked,
        right=right,
        precision=f"{right / looked:.1%}" if looked else "none yet",
    )
    return head + "".join(_family(name, rules, hits, files, judged) for name, rules in FAMILIES.items() if rules)


def _family(
    name: str, rules: Iterable[Rule], hits: Counter[str], files: Counter[str], judged: dict[str, dict[str, Any]]
) -> str:
    rows = "".join(_row(code_of(rule), hits, files, judged.get(code_of(rule), {})) for rule in rules)
    table = "| rule | hits | files | looked at | right | remark |\n|---|---:|---:|---:|---:|---|\n"
    return f"\n## {name.capitalize()}\n\n{table}{rows}"


def _row(code: str, hits: Counter[str], files: Counter[str], judged: dict[str, Any]) -> str:
    looked, right = judged.get("looked_at", ""), judged.get("right", "")
    remark = judged.get("remark", "")
    return f"| [{code}](rules/{code}.md) | {hits[code]} | {files[code]} | {looked} | {right} | {remark} |\n"


def read_judged() -> dict[str, dict[str, Any]]:
    """What was found out by looking: for each rule the hits looked at, those that were right, and a remark."""
    return dict(read_toml(JUDGED.read_text("utf-8"), 0)[2])


if __name__ == "__main__":
    if not FOLDER:
        raise SystemExit(REASON)
    PAGE.write_text(page(list(read_samples(Path(FOLDER)))), encoding="utf-8")
