"""Writes the JSON Schemas of the kinds of documents into `docs/schemas/`; `make pages` runs it."""

from __future__ import annotations

import json
from pathlib import Path

from mdtm.json_schema import json_schemas

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"
_HEAD = """\
# JSON Schemas

These say what the frontmatter of each kind of document holds, and what `.mdtm.toml` does, in JSON Schema 2020-12.
Editors and other programs that check TOML, YAML or JSON can use them; `mdtm check` finds more, for it sees the files.
They are written by `make pages`.

| schema | what it is for |
|---|---|
"""


def files() -> dict[str, str]:
    """The text of each file by its name."""
    schemas = json_schemas()
    rows = "".join(f"| [{name}]({name}) | {schema['description']} |\n" for name, schema in schemas.items())
    texts = {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}
    return {"README.md": _HEAD + rows, **texts}


def write(folder: Path = FOLDER) -> None:
    """Writes every file, and removes the schemas of kinds that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = files()
    for old in folder.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_bytes(text.encode())


if __name__ == "__main__":
    write()
