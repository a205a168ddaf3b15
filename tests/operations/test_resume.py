"""A session is gone on with from its files alone, also by a new process, and whatever is broken in them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mdtm.files import Memory
from tests.doing import Desk

OWN = "SESSION-Slots-2606050900"
LOG = f".ruru/sessions/{OWN}/session_log.md"


def desk_at_work(*commands: str) -> Desk:
    desk = Desk()
    for command in (
        "start Slots --dialect ruru-v7",
        "context push project CALENDAR",
        "log 'ten minutes' --kind decision",
    ):
        desk.do(command)
    for command in commands:
        desk.do(command)
    return desk


def test_a_resume_tells_in_its_first_line_what_it_does_and_then_gives_the_brief():
    desk = desk_at_work("pause lunch")
    first, *brief = desk.do("resume").text.splitlines()
    assert first == f"{OWN} is active"
    assert brief[1].startswith("state: 🟢 Active since 2026-06-05T09:04:00Z")
    assert "\n".join(brief).count("Session resumed") == 1
    line = next(line for line in desk.do("brief").text.splitlines() if line.startswith("state"))
    assert line == brief[1]


def test_a_resume_while_the_session_is_active_changes_nothing_and_gives_the_brief():
    desk = desk_at_work()
    for command in ("resume", f"resume {OWN}", f"resume --budget 300 {OWN}"):
        outcome = desk.do(command)
        assert outcome.plan == ()
        assert outcome.text.startswith(f"{OWN} is active and goes on\ngoal: Slots")
    assert outcome.data["recovered_context"]["budget"] == 300
    assert outcome.data["recovered_context"]["context"][0]["id"] == "CALENDAR"


BREAKS: dict[str, Callable[[str], str]] = {
    "the string has no closing quote": lambda text: text.replace('title = "Slots"', 'title = "Slots'),
    "the frontmatter does not end": lambda text: text.replace("\n+++\n", "\n", 1),
    "the frontmatter does not begin": lambda text: text.removeprefix("+++\n"),
    "closing quote": lambda text: re.sub(r'status = ".*"', 'status = "half', text),
    "there is no frontmatter": lambda text: text.partition("\n+++\n")[2],
    "never merged": lambda text: text.replace("title =", '<<<<<<< HEAD\ntitle = "x"\n=======\ntitle =', 1),
    "not UTF-8": lambda text: text.replace("ten", "t\ufffdn"),
    "is cut off; what it was to tell is lost": lambda text: f"{text}- [2026-06-05T09:3",
    "an entry is cut off": lambda text: f"{text}- [2026-06-05T09:30:00Z] `dev",
    "cut off": lambda text: f"{text}- [2026-06-05T09:30:00Z] `dev-api`: ",
}


@pytest.mark.parametrize("pause", [True, False])
@pytest.mark.parametrize("fault", BREAKS)
def test_what_is_broken_is_told_and_the_rest_is_told_all_the_same(fault: str, pause: bool):
    desk = desk_at_work(*(["pause"] if pause else []))
    desk.files = Memory({**desk.files.texts, LOG: BREAKS[fault](desk.text(LOG))})
    before = desk.text(LOG)
    text = desk.do("resume").text
    assert fault in text.partition("unreadable:")[2].partition(":\n")[0]
    assert "context: project CALENDAR" in text
    assert "Slots" in text and re.search("Decision: t.n minutes", text)
    assert re.search("^state: .*[Aa]ctive since 2026-06-05T09:0", text, re.MULTILINE)
    assert f".ruru/sessions/.active-{OWN}" in desk.files.texts
    assert (desk.text(LOG) == before) is not pause
    assert "Decision" in desk.text(LOG) and desk.text(LOG).count("Session resumed") == pause


def test_a_status_that_cannot_be_written_stays_and_is_told():
    desk = desk_at_work("pause")
    desk.files = Memory({**desk.files.texts, LOG: re.sub(r'status = ".*"', 'status = "half', desk.text(LOG))})
    outcome = desk.do("resume")
    assert outcome.text.startswith(f"{OWN} is active, but its status stays as it is: status cannot be read in {LOG}")
    assert 'status = "half' in desk.text(LOG)


def test_an_entry_after_one_that_was_cut_off_stands_on_its_own_line():
    desk = desk_at_work("pause")
    desk.files = Memory({**desk.files.texts, LOG: f"{desk.text(LOG)}- [2026-06-05T09:3"})
    desk.do("resume")
    assert desk.text(LOG).endswith("- [2026-06-05T09:3\n- [2026-06-05T09:04:00Z] `dev-api`: Session resumed\n")


@pytest.mark.parametrize(("goal", "suggested", "shared"), [
    ("Book the slots", "SESSION-Free_slots-2606050900", ["slots"]),
    ("Büro: Kasse öffnen", "SESSION-Kasse_im_B_ro-2606050902", ["büro", "kasse"]),
    ("Something else", "SESSION-Menu-2606050904", []),
])  # fmt: skip
def test_a_start_suggests_the_session_at_rest_that_is_nearest_by_words_else_the_last(
    goal: str, suggested: str, shared: list[str]
):
    desk = Desk()
    for earlier in ("Free slots", "Kasse im Büro", "Menu"):
        desk.do(f"start '{earlier}' --dialect ruru-v7")
        desk.do("pause")
    outcome = desk.do(f"start '{goal}' --dialect ruru-v7")
    assert outcome.data["suggestion"]["command"] == f"mdtm resume {suggested}"
    assert outcome.data["suggestion"]["shared_words"] == shared
    assert outcome.text.endswith(f"`mdtm resume {suggested}` goes on with it") and "\n" not in outcome.text


def test_a_start_suggests_what_nobody_ended_and_nothing_where_nothing_rests():
    desk = Desk()
    assert "suggestion" not in desk.do("start Slots --dialect ruru-v7").data
    assert "suggestion" not in desk.do("start Menu").data, "the one that is paused just now is no surprise"
    texts = {path: text for path, text in desk.files.texts.items() if "/.active-" not in path}
    desk.files = Memory({path: text for path, text in texts.items() if "Slots" not in path})
    assert desk.do("start Other").data["suggestion"]["session"] == "SESSION-Menu-2606050901", "its process crashed"
