"""`mdtm explain`: prints the page of a rule."""

from __future__ import annotations

import argparse
import sys
from difflib import get_close_matches

from mdtm.pages import page
from mdtm.rules import FAMILIES, NAMES, RULES, code_of, rule_named


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("explain", help="say what a rule finds, why, and how it is cured")
    parser.add_argument(
        "rule",
        metavar="RULE",
        nargs="?",
        help="a code such as unknown-status, or a family such as hygiene; none lists all",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.rule is None or arguments.rule in FAMILIES:
        for rule in FAMILIES[arguments.rule] if arguments.rule else RULES:
            print(f"{code_of(rule):28}{(rule.__doc__ or '').splitlines()[0]}")
        return 0
    found = rule_named(arguments.rule)
    if found is None:
        near = get_close_matches(arguments.rule, sorted(NAMES), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        print(f"mdtm: there is no rule {arguments.rule}{hint}", file=sys.stderr)
        return 2
    print(page(found), end="")
    return 0
