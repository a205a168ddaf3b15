"""The reader against two outside judges: the public TOML test suite and the standard library's reader."""

from __future__ import annotations

import json
import os
import random
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from mdtm.disk import decoded
from mdtm.document import Document
from mdtm.frontmatter import read_frontmatter
from mdtm.judge import judge
from mdtm.rules import SYNTAX, code_of
from mdtm.text import Text
from mdtm.workspace import NO_FILES

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = os.environ.get("MDTM_TOML_TEST")
needs_suite = pytest.mark.skipif(not FOLDER, reason="MDTM_TOML_TEST names no folder of the TOML test suite")
SYNTAX_CODES = {code_of(rule) for rule in SYNTAX}

FRONTMATTER = r'''# --- Session Metadata ---
id = "SESSION-Pick_up_slots-2506050301"   # the folder's name
title = "Pick up \"slots\" \u00e9"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
end_time = ""
coordinator = 'dev-api'
related_tasks = []
related_artifacts = [
    "artifacts/notes/NOTE-slots-2506050310.md", # first
    'artifacts/docs/DOC-slots-2506050320.md',
]
tags = ["session", "log",]
created = 2025-06-05T03:01:00.25+02:00
day = 2025-06-05
at = 07:30:00
version = 1.5
count = 1_000
flags = { open = true, "by hand" = false, deep.er = [1, 2] }
summary = """
Two lines,
one \
  folded "quote".
"""
folder = '''
FRONTMATTER += """'''C:\\slots'''
site."a.b".c = -3e2

[context]
sprint = 'S-1'
limits.low = 0x1F
[[steps]]
name = "pick"
[[steps]]
name = "ship"
[steps.by]
who = inf
"""
PIECES = (
    *"\"'=[]{},.#\\\n\t -+_019aeZT:é🟢\r\x00", '"""', "'''", "\r\n", "true", "nan", "0x", "//", "null", "\\u12", "\\x",
    "\\U0010FFFF", "2025-02-30", "24:00:00", "[a]\n", "[context]\n", "[[steps]]\n", "[site]\n", "[steps.by]\n",
    "a.b = 1\n", "site.x = 1\n", "context = 1\n", "id = 1\n", "{a = 1}", "[1,]", '""',
)  # fmt: skip
MUTANTS = 3000
FENCE = re.compile(r"^[ \t]*\+\+\+[ \t]*\r?$", re.MULTILINE)


def tagged(value: Any) -> Any:
    """A value with the suite's name of its type at every leaf."""
    if isinstance(value, dict):
        return {key: tagged(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [tagged(inner) for inner in value]
    if isinstance(value, datetime):
        return "datetime" if value.tzinfo else "datetime-local", value
    if isinstance(value, float) and value != value:
        return "float", "nan"
    names = {str: "string", bool: "bool", int: "integer", float: "float", date: "date-local", time: "time-local"}
    return names[type(value)], value


def untagged(case: Any) -> Any:
    """What `tagged` gives for the value that a JSON file of the suite describes."""
    if isinstance(case, list):
        return [untagged(inner) for inner in case]
    if case.keys() != {"type", "value"} or not isinstance(case["value"], str):
        return {key: untagged(inner) for key, inner in case.items()}
    kind, text = case["type"], case["value"]
    moment = re.sub(r"\.\d+", lambda digits: digits[0][:7].ljust(7, "0"), text.upper().replace("Z", "+00:00"))
    read = {
        "string": lambda: text,
        "bool": lambda: text == "true",
        "integer": lambda: int(text),
        "float": lambda: "nan" if "nan" in text else float(text),
        "datetime": lambda: datetime.fromisoformat(moment),
        "datetime-local": lambda: datetime.fromisoformat(moment),
        "date-local": lambda: date.fromisoformat(text),
        "time-local": lambda: time.fromisoformat(moment),
    }
    return kind, read[kind]()


def cases(kind: str) -> Iterator[tuple[Path, Document]]:
    """The files of the suite, each read as the frontmatter of a note."""
    files = sorted(Path(FOLDER or "", kind).rglob("*.toml"))
    assert files
    for file in files:
        content = file.read_bytes()
        end = b"" if content.endswith((b"\n", b"\r")) else b"\n"
        yield file, Document.read("note.md", *decoded(b"+++\n" + content + end + b"+++\n"))


def syntax_problems(document: Document) -> list[str]:
    return [problem.message for problem in judge(document, NO_FILES) if problem.code in SYNTAX_CODES]


@needs_suite
def test_what_the_suite_calls_valid_has_no_syntax_problem_and_its_values():
    wrong = []
    for file, document in cases("valid"):
        wanted = untagged(json.loads(file.with_suffix(".json").read_text("utf-8")))
        if syntax_problems(document) or tagged(document.frontmatter.values) != wanted:
            wrong.append((file, syntax_problems(document)))
    assert wrong == []


@needs_suite
def test_what_the_suite_calls_invalid_has_a_syntax_problem():
    assert [file for file, document in cases("invalid") if not syntax_problems(document)] == []


def mutant(chance: random.Random) -> str:
    """The frontmatter with one to three places damaged."""
    text = FRONTMATTER
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at, way = chance.randrange(len(text) + 1), chance.randrange(5)
        if way < 3:
            piece = chance.choice(PIECES) if way else ""
            text = text[:at] + piece + text[at + (way != 1) * chance.randint(1, 3) :]
            continue
        lines = text.split("\n")
        number = chance.randrange(len(lines))
        if way == 3:
            lines.insert(chance.randrange(len(lines)), lines[number])
        else:
            del lines[number]
        text = "\n".join(lines)
    return text


def meaning(text: str) -> Any:
    """What the standard library makes of a text; None when it refuses it."""
    try:
        return tagged(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return None


def test_the_reader_accepts_what_the_standard_library_accepts_and_reads_the_same():
    chance = random.Random(20250605)
    accepted = 0
    for _ in range(MUTANTS):
        text = mutant(chance)
        if FENCE.search(text):
            continue
        wanted = meaning(f"{text}\n")
        found = read_frontmatter(Text.of(f"+++\n{text}\n+++\n"))
        assert (None if found.faults else tagged(found.values)) == wanted, text
        accepted += wanted is not None
    assert MUTANTS // 5 < accepted < MUTANTS * 4 // 5
