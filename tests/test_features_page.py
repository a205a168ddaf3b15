"""The page of capabilities says only what tests prove."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "features.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| capability", "| ---"))
]
CAPABILITIES, FILLED = 63, 55
"""How many rows there are, and how many of them mdtm fills at least."""


@cache
def names_in(path: str) -> set[str]:
    """The names of the tests in a file."""
    found = ast.walk(ast.parse((TESTS / path).read_text("utf-8")))
    return {node.name for node in found if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def test_every_capability_has_one_row_and_nearly_all_are_filled():
    assert len({row[0] for row in ROWS}) == len(ROWS) == CAPABILITIES
    assert sum(row[2] != "–" for row in ROWS) >= FILLED
    assert all(len(row) == 3 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_is_proved_by_tests_that_there_are(row: list[str]):
    for named in re.findall(r"`([^`]+)`", row[2]):
        path, _, name = named.partition("::")
        assert name in names_in(path), f"{row[0]} is proved by {named}, which is not there"


def test_what_is_said_of_the_server_is_proved_over_the_wire():
    outside = PAGE.partition("\n## Outside the editor")[0]
    assert [named for named in re.findall(r"`([\w/]+\.py)::", outside) if not named.startswith("lsp/")] == []
