"""The command line: one file per command."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper

from mdtm import __version__
from mdtm.cli.loading import loading

FIRST, LAST = ("check", "fmt", "convert"), ("explain", "config", "lsp")
"""The commands that are no verbs, each in the file of its name: those that help lists before them, and after."""
EXIT_FINE, EXIT_USAGE = 0, 2


def command_line(word: str = "") -> argparse.ArgumentParser:
    """The parser for all commands, or for those alone that begin with a word, which is made much faster."""
    parser = argparse.ArgumentParser(
        prog="mdtm",
        description="Keeps session logs and MDTM tasks: starts, logs and links, finds faults and mends them.",
    )
    parser.add_argument("--version", action="version", version=f"mdtm {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    if word in FIRST + LAST:  # a check shall not wait for all that the others need
        _add(commands, word)
        return parser
    for name in FIRST:
        _add(commands, name)
    _add(commands, "verbs", word)
    for name in LAST:
        _add(commands, name)
    return parser


def _add(commands: argparse._SubParsersAction[argparse.ArgumentParser], file: str, *more: str) -> None:
    import_module(f"{__name__}.{file}").add_to(commands, *more)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; gives 0 when all is fine, 1 for problems found, 2 for wrong usage or a failure of ours."""
    arguments = sys.argv[1:] if arguments is None else arguments
    with loading():
        parser = command_line(arguments[0] if arguments else "")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a console that knows no emoji must not stop us
            stream.reconfigure(errors="backslashreplace")
    chosen = parser.parse_args(arguments)
    try:
        status = int(chosen.run(chosen))
        if not sys.stdout.closed:  # the language server closes it when it ends
            sys.stdout.flush()
        return status
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python says so when it ends
        return EXIT_FINE
    except KeyboardInterrupt:
        return EXIT_USAGE
    except Exception as error:
        print(f"mdtm: this is a fault of mdtm: {type(error).__name__}: {error}", file=sys.stderr)
        return EXIT_USAGE
