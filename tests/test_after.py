"""The files as a plan will leave them are those that it leaves."""

from __future__ import annotations

import pytest

from mdtm.after import After
from mdtm.files import Files, Memory, below
from mdtm.plan import Create, Delete, Move, Plan, Replace, StalePlan, apply
from mdtm.text import Span

FILES = {
    "a/one.md": "one", "a/two.md": "two", "a/deep/three.md": "three", "b/.active-x": "", "four.md": "four 🏠",
}  # fmt: skip


def everything(files: Files) -> dict[str, str | None]:
    return {path: files.text(path) for path in below(files, "")}


@pytest.mark.parametrize(
    "plan",
    [
        (),
        (Create("a/new/five.md", "five"), Create("six.md", "")),
        (Delete("a/two.md", "two"),),
        (Replace("four.md", Span(5, 6), "🏠", "🪵"), Replace("four.md", Span(0, 0), "", "> ")),
        (Move("b/.active-x", "b/.active-y"),),
        (Replace("a/one.md", Span(0, 3), "one", "1"), Move("a", "c/a")),
        (Move("a", "c"), Create("a/one.md", "again")),
        (Move("a/deep", "deep"), Move("deep", "deeper")),
        (Create("a/five.md", "five"), Move("a", "z")),
        (Delete("four.md", "four 🏠"), Create("four.md", "4")),
    ],
)
def test_it_shows_what_the_plan_makes_of_the_files(plan: Plan):
    wanted, found = Memory(apply(plan, FILES)), After(Memory(FILES), plan)
    assert everything(found) == wanted.texts
    folders = {path.rpartition("/")[0] for path in (*FILES, *wanted.texts)}
    for folder in {"", "nowhere", *folders}:
        assert found.folders_in(folder) == wanted.folders_in(folder)
        assert found.files_in(folder) == wanted.files_in(folder)
    for path in (*FILES, *wanted.texts):
        assert found.text(path) == wanted.text(path)
        assert (found.modified(path) > 0) == (wanted.modified(path) > 0)


def test_what_is_changed_is_newer_than_all_else():
    files = After(Memory(FILES), (Create("new.md", ""), Move("a/one.md", "one.md")))
    assert files.modified("new.md") > files.modified("four.md") > files.modified("one.md") == 1.0


def test_a_plan_that_does_not_fit_says_so():
    with pytest.raises(StalePlan):
        After(Memory(FILES), (Replace("four.md", Span(0, 1), "x", "y"),))
