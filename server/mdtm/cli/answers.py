"""What a verb on the command line prints: for people what comes next too, apart from what came of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from mdtm.instructions import as_markdown, as_text
from mdtm.occasion import Outcome

NOTHING: Mapping[str, Any] = {}


def print_outcome(outcome: Outcome, arguments: argparse.Namespace) -> None:
    """Prints what came of a verb, and for people what comes next, which is not mixed with it."""
    told = outcome.instructions
    if arguments.json:
        more = {"instructions": told} if told else {}
        print(_json({"done": True, "text": outcome.text, **outcome.data, **more}))
    elif arguments.markdown:
        print(f"{outcome.text}\n\n{as_markdown(told)}" if told else outcome.text)
    else:
        _print_text(outcome.text)
        if told and not arguments.quiet:
            print(as_text(told), file=sys.stderr)


def print_refusal(message: str, status: int, arguments: argparse.Namespace, data: Mapping[str, Any] = NOTHING) -> int:
    """Prints why a verb is not carried out; gives the exit status."""
    if arguments.json:
        print(_json({"done": False, "text": message, **data}))
    elif arguments.markdown and "instructions" in data:
        print(as_markdown(data["instructions"]))
    print(f"mdtm: {message}", file=sys.stderr)
    return status


def _print_text(text: str) -> None:
    """Prints a text; one whose lines end as a format wants it, as those of a calendar do, just as it is."""
    if not text.endswith("\r\n"):
        print(text, flush=True)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, indent=2, ensure_ascii=(sys.stdout.encoding or "").lower() not in ("utf-8", "utf8"))
