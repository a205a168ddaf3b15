"""What a person at a terminal is asked before a verb is carried out, or when something was missing for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from mdtm.completion import wanted_by
from mdtm.disk import Folders, Tree
from mdtm.occasion import Outcome
from mdtm.offers import Offer, choices
from mdtm.plan import Refused
from mdtm.verb import Parameter, Verb


def with_answers(verb: Verb, arguments: argparse.Namespace, done: Callable[[], Outcome]) -> Outcome:
    """What comes of a verb; a person is asked for what is to be chosen, and for what is missing while answers come.

    Raises:
        Refused: it makes no sense, or nothing was chosen.
    """
    if not _is_person(arguments):
        return done()
    for parameter in verb.parameters:
        chosen_from = parameter.question and parameter.choices and not parameter.required
        if chosen_from and getattr(arguments, parameter.name) is None:
            setattr(arguments, parameter.name, _chosen(parameter, arguments))
    return _until_answered(arguments, done)


def _until_answered(arguments: argparse.Namespace, done: Callable[[], Outcome]) -> Outcome:
    """What comes of a verb; what is missing is asked for as long as answers come."""
    try:
        return done()
    except Refused as refused:
        wanted = wanted_by(refused)
        answer = _line(wanted["question"]).strip() if wanted else ""
        if wanted is None or not answer:
            raise
    setattr(arguments, wanted["name"], answer)
    return _until_answered(arguments, done)


def _is_person(arguments: argparse.Namespace) -> bool:
    return not arguments.json and sys.stdin.isatty() and sys.stderr.isatty()


def _chosen(parameter: Parameter, arguments: argparse.Namespace) -> str:
    """What somebody chooses; the beginning of an answer will do, and an empty line is the first one."""
    found = choices(Tree(Folders().root_of(Path.cwd())), parameter, vars(arguments))
    question = f"{parameter.question} ({', '.join(map(_shown, found))})"
    while line := _line(question):
        wish = line.strip().casefold()
        meant = [one for one in found if one.value.casefold().startswith(wish)]
        if meant:
            return meant[0].value
    raise Refused("nothing was chosen")


def _shown(offer: Offer) -> str:
    return f"{offer.value}: {offer.label.partition(' ')[2]}, {offer.description}" if offer.description else offer.value


def _line(question: str) -> str:
    """What somebody types, with the end of the line; empty at the end of the input."""
    print(question, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline()
