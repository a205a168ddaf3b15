"""Writes what rules' docstrings say elsewhere too: pages in `docs/rules/`, a list in `README.md`, how bad each is.

`make pages` runs it.
"""

from __future__ import annotations

import re
from pathlib import Path

from mdtm.pages import examples, page
from mdtm.rules import FAMILIES, RULES, Rule, code_of
from mdtm.rules.unlisted_artifact import unlisted_artifact
from mdtm.settings import LEVELS
from tests.checks import as_text, files_in, problems_in

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
README = FOLDER.parent.parent / "README.md"
DEFAULT_LEVELS = FOLDER.parent.parent / "server" / "mdtm" / "default_levels.py"
_BLOCK = re.compile(r"(?<=<!-- rules: written by `make pages` -->\n).*?(?=<!-- end of the rules -->)", re.DOTALL)
MEANINGS = {
    "syntax": "what cannot be read as it stands",
    "frontmatter": "keys that are missing, have an old name, or hold what they should not",
    "entries": "how the entries of a log are written, and how they follow each other",
    "state": "where a session or a task stands, and what is worked on",
    "clock": "the time that sessions and tasks took",
    "artifacts": "the list of a session's artifacts and the files that are there",
    "tasks": "tasks, their boxes and how they depend on each other",
    "trace": "sessions, sprints and tasks that should name each other",
    "proposals": "edits that wait for an approval",
    "workflow": "the state files and folders of workflow sessions, and the markers",
    "hygiene": "what should not be in any record",
    "settings": "what mdtm is told to do",
}
"""What the rules of each family are about."""
UNSEEN = {
    "not-utf8": ("error", "none"),
    "control-character": ("information", "safe"),
    "mixed-line-ends": ("hint", "look first"),
}
"""How bad a fault is that no page can show, and its cure."""
_INDEX = """\
# Rules

mdtm finds these faults; each page says why one matters, and shows it before and after.
`mdtm explain RULE` prints a page.
In an example, a line `-- path --` begins a file.
`.mdtm.toml` in the root of a workspace chooses how bad a rule's problems are: {levels}.

```toml
[rules]
{rule} = "off"
```

A comment allows a fault at its place, for a reason: `# mdtm: allow {rule}: why`, in Markdown `<!-- mdtm: allow {rule}: why -->`.
"""
_TABLE = "| rule | what is wrong | how bad | cure |\n|---|---|---|---|\n"


def pages() -> dict[str, str]:
    """The text of each page by its path in the folder, the index and the pages of the families among them."""
    families = {f"families/{name}.md": _family(name, rules) for name, rules in FAMILIES.items() if rules}
    return {"README.md": _index(), **families, **{f"{code_of(rule)}.md": page(rule) for rule in RULES}}


def first_sentence(rule: Rule) -> str:
    return (rule.__doc__ or "").split("\n")[0]


def readme(text: str) -> str:
    """The README with the list of rules as it should be."""
    lines = [
        f"- [{name}](docs/rules/families/{name}.md), {MEANINGS[name]}: "
        + ", ".join(f"[{code_of(rule)}](docs/rules/{code_of(rule)}.md)" for rule in rules)
        for name, rules in FAMILIES.items()
        if rules
    ]
    return _BLOCK.sub(lambda _: "\n" + "\n".join(lines) + "\n\n", text)


def default_levels() -> str:
    """The text of `server/mdtm/default_levels.py`."""
    rows = "".join(f'    "{code_of(rule)}": "{_verdict(rule)[0]}",\n' for rule in RULES)
    meaning = "How bad the fault in the example of each rule is; written by `make pages`."
    return f'"""{meaning}"""\n\nDEFAULT_LEVELS = {{\n{rows}}}\n'


def write(folder: Path = FOLDER) -> None:
    """Writes every page, and removes those of rules that are gone."""
    wanted = pages()
    for old in folder.rglob("*.md"):
        if old.relative_to(folder).as_posix() not in wanted:
            old.unlink()
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def _index() -> str:
    head = _INDEX.format(levels=", ".join(LEVELS), rule=code_of(unlisted_artifact))
    return head + "".join(
        f"\n## {name.capitalize()}\n\nThese are about {MEANINGS[name]}.\n\n{_TABLE}{_rows(rules, '')}"
        for name, rules in FAMILIES.items()
        if rules
    )


def _family(name: str, rules: tuple[Rule, ...]) -> str:
    return f"# {name.capitalize()}\n\nThese rules are about {MEANINGS[name]}.\n\n{_TABLE}{_rows(rules, '../')}"


def _rows(rules: tuple[Rule, ...], up: str) -> str:
    return "".join(
        f"| [{code_of(rule)}]({up}{code_of(rule)}.md) | {first_sentence(rule)} | {' | '.join(_verdict(rule))} |\n"
        for rule in rules
    )


def _verdict(rule: Rule) -> tuple[str, str]:
    """How bad the fault in the rule's example is, and whether it is mended without a second look."""
    bad = examples(rule).get("Bad")
    if bad is None:
        return UNSEEN[code_of(rule)]
    problem = next(problem for _, problem in problems_in(files_in(as_text(bad))) if problem.code == code_of(rule))
    cure = "none" if problem.fix is None else "safe" if problem.fix.safe else "look first"
    return problem.severity.name.lower(), cure


if __name__ == "__main__":
    write()
    DEFAULT_LEVELS.write_text(default_levels(), encoding="utf-8")
    README.write_text(readme(README.read_text("utf-8")), encoding="utf-8")
