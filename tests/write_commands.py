"""Writes what names every verb: `docs/commands.md`, a table in `README.md`, and VS Code's `package.json`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mdtm.json_schema import json_schemas
from mdtm.operations import VERBS
from mdtm.schema.settings import SETTINGS
from mdtm.settings import LEVELS
from mdtm.verb import Parameter, Verb

ROOT = Path(__file__).parent.parent
README, COMMANDS = ROOT / "README.md", ROOT / "docs" / "commands.md"
PACKAGE = ROOT / "client-vscode" / "package.json"
OWN = ("mdtm.restart", "mdtm.showLog")
"""The commands that the client has for itself."""
_BLOCK = re.compile(r"(?<=<!-- verbs: written by `make pages` -->\n).*?(?=<!-- end of the verbs -->)", re.DOTALL)
_HEAD = """\
# Commands

Every verb has the same name and the same parameters in the editor, where it is a command, and on the command line.
The session that is meant is the one that is named, else the one in `$MDTM_SESSION`, else the active one.
`--actor NAME` says who acts, for the log; without it that is `$MDTM_ACTOR`, else the name of the user.
With `--json` a verb prints one JSON object: `done`, `text`, and what the verb has to tell.
A verb that changes something says on standard error what comes next, unless `--quiet` is given; `--markdown` prints its whole answer as Markdown, and [completion.md](completion.md) tells what it consists of.
The exit status is 0 when it is done, 1 when it is refused or is a check that finds something, and 2 for wrong usage or a file that cannot be read or written.
"""


def commands() -> str:
    """The text of `docs/commands.md`."""
    return _HEAD + "".join(_section(verb) for verb in VERBS)


def readme(text: str) -> str:
    """The README with the table of verbs as it should be."""
    rows = "".join(f"| {_calls(verb)} | Session: {verb.title} | {_meaning(verb)} |\n" for verb in VERBS)
    table = f"\n| command | in VS Code | what it does |\n|---|---|---|\n{rows}\n"
    return _BLOCK.sub(lambda _: table, text)


def _section(verb: Verb) -> str:
    head = (
        f"\n## {verb.title}\n\n{_meaning(verb)}.\n\n```sh\n{verb.example}\n```\n\nIn the editor: `mdtm.{verb.name}`.\n"
    )
    rows = [_row(parameter) for parameter in verb.parameters]
    if verb.of_session:
        rows.insert(
            0, f"| `{'ID' if verb.session_first else '--session ID'}` | `session` | the session that is meant |"
        )
    if not rows:
        return head
    return f"{head}\n| command line | editor | what it is |\n|---|---|---|\n" + "".join(f"{row}\n" for row in rows)


def _row(parameter: Parameter) -> str:
    name = parameter.option or parameter.name
    line = name.upper() if parameter.positional else f"--{name}"
    if not parameter.positional and parameter.kind != "flag":
        line += f" {name.upper()}"
    choices = f": {', '.join(f'`{choice}`' for choice in parameter.choices)}" if parameter.choices else ""
    need = " (needed)" if parameter.required else ""
    meaning = parameter.meaning + parameter.input_told
    return f"| `{line}` | `{parameter.name}` | {meaning}{choices}{need} |"


def _calls(verb: Verb) -> str:
    return " or ".join([f"`{_call(verb)}`", *(f"`mdtm {alias}`" for alias in verb.aliases)])


def _call(verb: Verb) -> str:
    needed = [(one.option or one.name).upper() for one in verb.parameters if one.positional and one.required]
    return " ".join(("mdtm", *verb.words, *needed))


def _meaning(verb: Verb) -> str:
    return (verb.run.__doc__ or "").partition("\n")[0].rstrip(".")


def package(text: str) -> str:
    """VS Code's `package.json` with the commands of the palette and the settings as they should be."""
    whole = json.loads(text)
    own = [one for one in whole["contributes"]["commands"] if one["command"] in OWN]
    verbs = [{"command": f"mdtm.{verb.name}", "title": verb.title, "category": "Session"} for verb in VERBS]
    whole["contributes"]["commands"] = [*verbs, *own]
    configuration = whole["contributes"]["configuration"]["properties"]
    interpreter = {"mdtm.interpreter": configuration["mdtm.interpreter"]}
    whole["contributes"]["configuration"]["properties"] = interpreter | settings()
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def settings() -> dict[str, Any]:
    """The settings as VS Code offers them; what is empty there is not chosen, so that the files hold."""
    forms, made = json_schemas()["settings.json"]["properties"], dict[str, Any]()
    for number, key in enumerate(SETTINGS.keys):
        more = "" if key.name == "rules" else f" {_WINS}"
        meaning = {"markdownDescription": f"{key.meaning}.{_EXAMPLES.get(key.name, '')}{more}"}
        form = {name: what for name, what in forms[key.name].items() if name != "description"}
        if form["type"] == "integer":
            form["type"] = ["integer", "null"]
        default: Any = {"string": "", "array": [], "object": {}}.get(str(form["type"]))
        made[f"mdtm.{key.name}"] = {**form, "default": default, "scope": "resource", "order": number + 2, **meaning}
    made["mdtm.rules"]["additionalProperties"] = _LEVEL
    return made


_WINS = "What stands here wins over `.mdtm.toml` and `pyproject.toml` in the root of the workspace."
_EXAMPLES = {
    "actor": " Without one it is that of the variable `MDTM_ACTOR`, or the name of the user.",
    "exclude": " They go from the root of the workspace, as in `.gitignore`: `legacy/`, `*.draft.md`.",
    "rules": " A rule by itself wins over its family. What stands here wins over the files of the workspace.",
    "allow": ' For example `{"path": "legacy/", "rules": ["bad-time"], "reason": "imported"}`.',
}
_LEVEL = {
    "enum": [*LEVELS],
    "enumDescriptions": [
        "The rule does not run.",
        "Three dots under the text, and no line in the Problems panel.",
        "A blue line under the text.",
        "A yellow line under the text.",
        "A red line under the text.",
    ],
}
if __name__ == "__main__":
    COMMANDS.write_text(commands(), encoding="utf-8")
    PACKAGE.write_text(package(PACKAGE.read_text("utf-8")), encoding="utf-8")
    README.write_text(readme(README.read_text("utf-8")), encoding="utf-8")
