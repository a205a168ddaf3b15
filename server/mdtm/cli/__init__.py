"""The command line: one file per command."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper

from mdtm import __version__
from mdtm.cli import check, config, convert, explain, fmt, lsp

OWN = {"check": check, "fmt": fmt, "convert": convert, "config": config, "explain": explain, "lsp": lsp}
"""The commands that are no verbs."""
EXIT_FINE, EXIT_USAGE = 0, 2


def command_line(word: str = "") -> argparse.ArgumentParser:
    """The parser for all commands, or for those alone that begin with a word, which is made much faster."""
    parser = argparse.ArgumentParser(
        prog="mdtm",
        description="Keeps session logs and MDTM tasks: starts, logs and links, finds faults and mends them.",
    )
    parser.add_argument("--version", action="version", version=f"mdtm {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    if word in OWN:
        OWN[word].add_to(commands)
        return parser
    from mdtm.cli import verbs  # here, for a check shall not wait for all that the verbs need

    check.add_to(commands)
    fmt.add_to(commands)
    convert.add_to(commands)
    verbs.add_to(commands, word)
    explain.add_to(commands)
    config.add_to(commands)
    lsp.add_to(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; gives 0 when all is fine, 1 for problems found, 2 for wrong usage or a failure of ours."""
    arguments = sys.argv[1:] if arguments is None else arguments
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
