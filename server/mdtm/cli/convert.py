"""`mdtm convert`: makes TOML between `+++` lines of frontmatter in YAML or JSON."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mdtm.cli.rewriting import Change
    from mdtm.document import Document

EXAMPLES = """examples:
  mdtm convert                      every log, task, sprint and artifact below this folder
  mdtm convert --diff a.md          show what would be changed
  mdtm convert - < session_log.md   from standard input to standard output
"""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "convert", help="make TOML of frontmatter in YAML or JSON",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders; - is standard input")
    parser.add_argument("--diff", action="store_true", help="write nothing, and show what would be changed")
    parser.add_argument(
        "--drop-comments", action="store_true", help="convert even where a comment has no certain place in TOML"
    )
    parser.add_argument(
        "--stdin-path", default="session_log.md", metavar="PATH", help="what standard input would be called as a file"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from mdtm.cli import rewriting  # on demand, as below: `check` must not pay for it

    def change(document: Document) -> Change:
        return _change(document, drops=arguments.drop_comments)

    words = rewriting.Words("is TOML now", "is not TOML", "Nothing is to be converted.")
    return rewriting.run(arguments, change, words, keeps=arguments.diff)


def _change(document: Document, drops: bool) -> Change:
    from mdtm.cli.rewriting import Change
    from mdtm.conversion import conversion, is_for_tools
    from mdtm.plan import Refused

    syntax = document.frontmatter.syntax
    if not is_for_tools(document) or syntax not in ("yaml", "json") or document.path.endswith(".json"):
        return Change(ours=is_for_tools(document))
    found = conversion(document)
    lost = [f"line {document.text.line_at(one.start) + 1}: {one.text}" for one in found.lost]
    if lost and not drops:
        raise Refused(f"these comments have no place in TOML; --drop-comments converts without them: {'; '.join(lost)}")
    said = [f"its frontmatter was {syntax.upper()} and is TOML now"]
    if found.left_out:
        said.append(f"left out, for TOML has no null: {', '.join(found.left_out)}")
    if lost:
        said.append(f"lost: {'; '.join(lost)}")
    return Change((found.edit,), "; ".join(said))
