"""`mdtm fmt`: brings files into the form in which mdtm writes them."""

from __future__ import annotations

import argparse

EXAMPLES = """examples:
  mdtm fmt                          every log, task, sprint and artifact below this folder
  mdtm fmt --check .ruru            say which files are not in form
  mdtm fmt --diff session_log.md    show what would be changed
  mdtm fmt - < session_log.md       from standard input to standard output
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "fmt", help="bring keys, arrays and log entries into one form",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders; - is standard input")
    parser.add_argument("--check", action="store_true", help="write nothing, and name the files that are not in form")
    parser.add_argument("--diff", action="store_true", help="write nothing, and show what would be changed")
    parser.add_argument(
        "--stdin-path", default="session_log.md", metavar="PATH", help="what standard input would be called as a file"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from mdtm.cli import rewriting  # on demand, as what follows: `check` must not pay for it
    from mdtm.conversion import is_for_tools
    from mdtm.document import Document
    from mdtm.layout import form_edits

    def change(document: Document) -> rewriting.Change:
        return rewriting.Change(form_edits(document), ours=is_for_tools(document))

    words = rewriting.Words("is in form now", "is not in form", "Everything is in form.")
    return rewriting.run(arguments, change, words, keeps=arguments.check or arguments.diff)
