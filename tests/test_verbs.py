"""Every verb is under one name on the command line, in the editor and in the docs."""

from __future__ import annotations

import argparse
import inspect
import shlex

import pytest

from mdtm.cli import command_line
from mdtm.operations import VERBS
from mdtm.verb import Verb
from tests.write_commands import COMMANDS, PACKAGE, README, commands, package, readme

each_verb = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)


def test_the_docs_tell_of_every_verb():
    assert COMMANDS.read_text("utf-8") == commands(), "docs/commands.md is not current: run `make pages`"
    text = PACKAGE.read_text("utf-8")
    assert text == package(text), "the commands in client-vscode/package.json are not current: run `make pages`"
    text = README.read_text("utf-8")
    assert text == readme(text), "the table of verbs in README.md is not current: run `make pages`"
    assert all(f"| Session: {verb.title} |" in text for verb in VERBS), "the table of verbs is not in README.md"


def test_no_two_verbs_have_one_name():
    for names in ([verb.name for verb in VERBS], [verb.words for verb in VERBS], [verb.title for verb in VERBS]):
        assert len(names) == len(set(names))


@each_verb
def test_the_example_is_a_command_that_can_be_given(verb: Verb):
    program, *words = shlex.split(verb.example)
    assert program == "mdtm"
    assert command_line().parse_args(words).verb is verb


@each_verb
def test_the_help_of_a_verb_shows_its_example(verb: Verb, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        command_line().parse_args([*verb.words, "--help"])
    assert ended.value.code == 0
    assert verb.example in capsys.readouterr().out


@pytest.mark.parametrize("word", sorted({verb.words[0] for verb in VERBS if len(verb.words) > 1}))
def test_the_help_names_the_verbs_of_a_group_and_that_of_the_group_shows_an_example(
    word: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "200")
    inner = [verb for verb in VERBS if verb.words[0] == word]
    for words in (["--help"], [word, "--help"]):
        with pytest.raises(SystemExit):
            command_line(words[0]).parse_args(words)
    whole, _, own = capsys.readouterr().out.partition(f"usage: mdtm {word}")
    assert ", ".join(verb.words[-1] for verb in inner) in " ".join(whole.split())
    assert f"example:\n  {inner[0].example}" in own


@each_verb
def test_the_parameters_are_those_of_the_operation(verb: Verb):
    wanted = list(inspect.signature(verb.run).parameters.values())[1:]
    assert [one.name for one in wanted] == [one.name for one in verb.parameters]
    assert "." in verb.name, "a verb is named for the thing and what is done with it"
    assert [one.default is inspect.Parameter.empty for one in wanted] == [one.required for one in verb.parameters]


@each_verb
def test_every_verb_can_answer_in_json(verb: Verb):
    assert isinstance(command_line().parse_args([*shlex.split(verb.example)[1:], "--json"]), argparse.Namespace)
