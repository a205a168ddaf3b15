"""Writes a page for every rule into `docs/rules/`, from the rule's docstring; `make pages` runs it."""

from __future__ import annotations

from pathlib import Path

from mdtm.pages import page
from mdtm.rules import RULES, Rule, code_of
from mdtm.rules.unlisted_artifact import unlisted_artifact
from mdtm.settings import LEVELS

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
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

| rule | what is wrong |
|---|---|
{rows}
"""


def pages() -> dict[str, str]:
    """The text of each page by the name of its file, the index among them."""
    return {"README.md": _index(), **{f"{code_of(rule)}.md": page(rule) for rule in RULES}}


def first_sentence(rule: Rule) -> str:
    return (rule.__doc__ or "").split("\n")[0]


def write(folder: Path = FOLDER) -> None:
    """Writes every page, and removes those of rules that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for old in folder.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_bytes(text.encode())


def _index() -> str:
    rows = "\n".join(f"| [{code_of(rule)}]({code_of(rule)}.md) | {first_sentence(rule)} |" for rule in RULES)
    return _INDEX.format(levels=", ".join(LEVELS), rule=code_of(unlisted_artifact), rows=rows)


if __name__ == "__main__":
    write()
