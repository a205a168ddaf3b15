"""`examples/README.md` tells the truth about the example workspace."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from mdtm import disk
from mdtm.judge import judge

EXAMPLES = Path(__file__).parent.parent / "examples"
WORKSPACE = EXAMPLES / "workspace"


def rows() -> dict[str, set[str]]:
    """For each session and task in the tables the rules that find something in it."""
    lines = (EXAMPLES / "README.md").read_text("utf-8").splitlines()
    cells = [line.split("|") for line in lines if line.startswith("| `.")]
    return {row[1].strip(" `"): set(re.findall(r"[\w-]+", row[-2])) for row in cells}


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    """The codes of what is found in each file of the workspace, where something is."""
    paths = [Path(path).relative_to(WORKSPACE).as_posix() for path in disk.Folders().documents_under(str(WORKSPACE))]
    documents = [disk.read_document(WORKSPACE, path) for path in paths]
    workspace = disk.Folders().around(WORKSPACE, documents)
    return {
        document.path: codes
        for document in documents
        if (codes := {problem.code for problem in judge(document, workspace)})
    }


@pytest.mark.parametrize("place", rows())
def test_a_row_names_the_rules_that_find_something_there(place: str, found: dict[str, set[str]]):
    there = {code for path, codes in found.items() if f"{path}/".startswith(f"{place}/") for code in codes}
    assert there == rows()[place], f"name in the row of {place} in examples/README.md what `mdtm check` finds there"


def test_nothing_is_found_that_no_row_names(found: dict[str, set[str]]):
    assert not [path for path in found if not any(f"{path}/".startswith(f"{place}/") for place in rows())]


def test_a_file_that_was_judged_goes_without_a_search_for_circles(found: dict[str, set[str]]):
    gc.collect()
    gc.disable()  # as a check of thousands of files does
    try:
        for path in found:
            document = disk.read_document(WORKSPACE, path)
            judge(document, disk.Folders().around(WORKSPACE, [document]))
            del document
            assert not gc.collect(), path
    finally:
        gc.enable()
