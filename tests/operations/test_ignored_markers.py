"""Markers are local: a start in a git repository offers the line that keeps them out of it."""

from __future__ import annotations

import pytest

from tests.doing import Desk

GIT = {".git/HEAD": "ref: refs/heads/main\n"}


def test_a_start_in_a_git_repository_offers_the_line():
    outcome = Desk(dict(GIT)).do("start Menu")
    assert outcome.text.endswith("so .gitignore should have the line **/.active-*, which --ignore-markers adds")
    assert "\n" not in outcome.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "**/.active-*\n"),
        ("", "**/.active-*\n"),
        ("dist\n", "dist\n**/.active-*\n"),
        ("dist", "dist\n**/.active-*\n"),
        ("# 🎉\r\ndist\r\n", "# 🎉\r\ndist\r\n**/.active-*\r\n"),
        ("# .active-*\n", "# .active-*\n**/.active-*\n"),
    ],
)
def test_the_line_is_added_when_that_is_wished_for(before: str | None, after: str):
    desk = Desk({**GIT, **({} if before is None else {".gitignore": before})})
    outcome = desk.do("start Menu --ignore-markers")
    assert ".gitignore" not in outcome.text
    assert desk.text(".gitignore") == after


@pytest.mark.parametrize("line", ["**/.active-*", ".workflow/.active-WFS-*", ".active-*"])
def test_where_markers_are_kept_out_already_nothing_is_said(line: str):
    desk = Desk({**GIT, ".gitignore": f"dist\n{line}\n"})
    assert ".gitignore" not in desk.do("start Menu --ignore-markers").text
    assert desk.text(".gitignore") == f"dist\n{line}\n"


def test_outside_a_repository_nothing_is_said():
    desk = Desk()
    assert ".gitignore" not in desk.do("start Menu --ignore-markers").text
    assert ".gitignore" not in desk.files.texts
