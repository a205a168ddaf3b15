"""The verbs on the command line: each is made from its row in the table of operations."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from mdtm.cli.answers import print_outcome, print_refusal
from mdtm.cli.questions import with_answers
from mdtm.disk import Folders, Tree, locked, read_document, read_settings, write
from mdtm.instructions import carried_out
from mdtm.judge import judge
from mdtm.occasion import Outcome
from mdtm.operations import VERBS
from mdtm.plan import Refused, StalePlan
from mdtm.schema import SETTINGS_FILE
from mdtm.verb import Parameter, Verb
from mdtm.workspace import NO_FILES
from mdtm.world import occasion

ATTEMPTS = 3
"""How often a plan is made anew when somebody other than mdtm has changed a file meanwhile."""


WORDS = frozenset(word for verb in VERBS for word in (verb.words[0], *verb.aliases))


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str = "") -> None:
    """Adds the verbs, or those alone that begin with a word."""
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for verb in VERBS:
        if word in WORDS and word not in (verb.words[0], *verb.aliases):
            continue
        *group, last = verb.words
        place = commands
        if group:
            if group[0] not in groups:
                groups[group[0]] = _group(commands, group[0])
            place = groups[group[0]]
        _add(place, last, verb)


def _group(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The place for the verbs that begin with a word, which says what they are."""
    inner = [verb for verb in VERBS if verb.words[0] == word]
    parser = commands.add_parser(
        word, help=", ".join(verb.words[-1] for verb in inner),
        description=f"What can be done with {_article(word)} {word}.",
        epilog=f"example:\n  {inner[0].example}", formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], word: str, verb: Verb) -> None:
    meaning = (verb.run.__doc__ or "").partition("\n")[0]
    parser = commands.add_parser(
        word, aliases=verb.aliases, help=meaning[0].lower() + meaning[1:].rstrip("."), description=meaning,
        epilog=f"example:\n  {verb.example}", formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    if verb.session_first:
        parser.add_argument("session", nargs="?", default="", metavar="ID", help=_SESSION)
    for parameter in verb.parameters:
        _add_parameter(parser, parameter)
    if verb.of_session and not verb.session_first:
        parser.add_argument("--session", default="", metavar="ID", help=_SESSION)
    parser.add_argument("--actor", default="", metavar="NAME", help="who does it, for the log; else $MDTM_ACTOR or you")
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print what came of it for a program")
    forms.add_argument("--markdown", action="store_true", help="print it, and what comes next, as Markdown")
    forms.add_argument("-q", "--quiet", action="store_true", help="do not print what comes next")
    parser.set_defaults(verb=verb, run=lambda arguments: run(verb, arguments))


_SESSION = "the session that is meant; else $MDTM_SESSION or the active one"


def _add_parameter(parser: argparse.ArgumentParser, parameter: Parameter) -> None:
    name = parameter.option or parameter.name
    meaning = parameter.meaning + parameter.input_told.replace("`", "")
    about: dict[str, Any] = {"help": meaning, "choices": parameter.choices or None}
    kind = int if parameter.kind == "number" else str
    if parameter.positional:
        count = "+" if parameter.kind == "texts" else None if parameter.required else "?"
        parser.add_argument(parameter.name, nargs=count, type=kind, metavar=name.upper(), **about)
    elif parameter.kind == "flag":
        parser.add_argument(f"--{name}", dest=parameter.name, action="store_true", help=parameter.meaning)
    else:
        action = "append" if parameter.kind == "texts" else "store"
        about |= {"metavar": None if parameter.choices else name.upper(), "required": parameter.required}
        parser.add_argument(f"--{name}", dest=parameter.name, type=kind, action=action, **about)


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def run(verb: Verb, arguments: argparse.Namespace) -> int:
    """Carries out a verb; gives 1 when it is refused, or when it is a check that finds something."""
    try:
        outcome = with_answers(verb, arguments, lambda: _done(verb, arguments))
    except (Refused, StalePlan, TimeoutError) as error:
        return print_refusal(str(error), 1, arguments, getattr(error, "data", {}))
    except OSError as error:
        return print_refusal(
            f"{error.filename or 'a file'} cannot be read or written: {error.strerror or error}", 2, arguments
        )
    print_outcome(outcome, arguments)
    return outcome.status


def _done(verb: Verb, arguments: argparse.Namespace) -> Outcome:
    """Makes the plan and writes it, while no other mdtm writes here."""
    root = Folders().root_of(Path.cwd())
    given = _from_root(root, verb, told(verb, arguments))
    _tell_of_settings(root)
    session = _path_from(root, getattr(arguments, "session", ""))
    for attempt in range(ATTEMPTS):
        with locked(root):
            tree = Tree(root)
            at = occasion(tree, read_settings(root), arguments.actor, session, "cli")
            outcome = carried_out(at, verb, given)
            try:
                write(root, outcome.plan, tree.seen)
            except StalePlan:
                if attempt < ATTEMPTS - 1:
                    continue
                raise
        return outcome
    raise AssertionError("the last attempt returns or raises")


def _tell_of_settings(root: Path) -> None:
    """Says in a line what is wrong with the settings, which hold as far as they can be read."""
    if not (root / SETTINGS_FILE).is_file():
        return
    settings = read_document(root, SETTINGS_FILE)
    if problems := judge(settings, NO_FILES):
        line = settings.text.line_at(problems[0].span.start) + 1
        more = f", and {len(problems) - 1} more" if problems[1:] else ""
        seen = f"`mdtm check {SETTINGS_FILE}` shows it"
        print(f"mdtm: {SETTINGS_FILE}, line {line}: {problems[0].message}{more}; {seen}", file=sys.stderr)


def told(verb: Verb, arguments: argparse.Namespace) -> dict[str, Any]:
    """What the command line says of a verb's parameters; what is needed is told even when it is empty."""
    given: dict[str, Any] = {}
    for parameter in verb.parameters:
        value = getattr(arguments, parameter.name)
        if value == "-" and parameter.from_input:
            value = _input()
        elif isinstance(value, list) and "-" in value and parameter.from_input:
            lines = [line.strip() for line in _input().splitlines() if line.strip()]
            value = [one for given in value for one in (lines if given == "-" else [given])]
        if parameter.required or value not in ((None, "", []) if parameter.positional else (None, [])):
            given[parameter.name] = value
    return given


def _from_root(root: Path, verb: Verb, given: dict[str, Any]) -> dict[str, Any]:
    """The same with paths from the root of the workspace, where a shell completed them from the current folder."""
    paths = {one.name for one in verb.parameters if one.is_path}
    return {
        name: value if name not in paths
        else _path_of_file(root, value) if isinstance(value, str)
        else [_path_of_file(root, one) for one in value]
        for name, value in given.items()
    }  # fmt: skip


def _path_of_file(root: Path, given: str) -> str:
    """A file as a path from the root; a folder may be the name of something else, such as a task."""
    return _path_from(root, given) if os.path.isfile(given) else given


def _path_from(root: Path, given: str) -> str:
    """What is in the current folder as a path from the root; anything else as it was given."""
    inside = os.path.relpath(given, root) if given and os.path.exists(given) else ""
    return given if not inside or inside.split(os.sep)[0] == ".." else inside.replace(os.sep, "/")


def _input() -> str:
    """All that comes in over standard input, with its line ends as they are."""
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"standard input is not UTF-8, from its byte {error.start + 1} on") from error
