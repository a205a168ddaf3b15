"""`mdtm lsp`: the language server."""

from __future__ import annotations

import argparse
import sys

from mdtm.cli.loading import loading

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("lsp", help="run the language server, over standard input and output")
    parser.add_argument("--stdio", action="store_true", help="talk over standard input and output (default)")
    parser.add_argument("--tcp", type=int, metavar="PORT", help="listen on a port of this machine; 0 is any free one")
    parser.add_argument("--host", default=LOOPBACK[0], help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.host not in LOOPBACK:
        print(f"mdtm: the server listens on this machine only, not on {arguments.host}", file=sys.stderr)
        return 2
    with loading():
        from mdtm.lsp.server import serve  # on demand: `check` must not pay for it
    try:
        return serve(arguments.host, arguments.tcp)
    except (OSError, OverflowError) as error:
        if arguments.tcp is None:
            raise
        print(f"mdtm: port {arguments.tcp} cannot be listened on: {error}", file=sys.stderr)
        return 2
