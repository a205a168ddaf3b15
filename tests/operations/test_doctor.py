"""What the doctor finds, and what it heals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mdtm.cli import main
from mdtm.disk import Tree, read_template, write
from mdtm.occasion import Occasion
from mdtm.operations.doctor import doctor
from tests.doing import ACTOR, START, Desk

RURU = ".ruru/sessions"
HOMES = (RURU, ".workflow", ".workflow/active", ".workflow/completed", ".workflow/archives")
LEFTOVER = ".session_log.md.0a1b2c3d.tmp"


def log(name: str, status: str, end_time: str = "") -> str:
    return (
        f'+++\nid = "{name}"\ntitle = "Slots 🎰"\nstatus = "{status}"\nstart_time = "2026-06-05T03:01:00Z"\n'
        f'end_time = "{end_time}"\ncoordinator = "dev-api"\n+++\n\n# Slots\n\n## Log Entries\n\n'
        "- [2026-06-05T03:01:00Z] `dev-api`: Session started\n"
    )


def state(name: str, status: str) -> str:
    return f'{{\n  "session_id": "{name}",\n  "project": "Slots 🎰",\n  "status": "{status}"\n}}\n'


def found(desk: Desk, command: str = "doctor") -> list[tuple[str, str, str]]:
    return [(one["path"], one["message"], one["cure"]) for one in desk.do(command).data["findings"]]


def curable(desk: Desk) -> list[tuple[str, str, str]]:
    return [one for one in found(desk) if one[2]]


def test_sound_sessions_have_no_finding():
    desk = Desk()
    for command in ("start One", "start Two --dialect workflow", "start Three --dialect orchestration", "pause"):
        desk.do(command)
        outcome = desk.do("doctor")
        assert (outcome.text, outcome.status, outcome.plan) == ("Sessions, markers and files agree.", 0, ())


def test_without_fix_nothing_changes_and_the_exit_status_says_so():
    desk = Desk({".workflow/.active-WFS-gone": ""})
    outcome = desk.do("doctor")
    assert (outcome.plan, outcome.status) == ((), 1)
    assert outcome.text == (
        ".workflow/.active-WFS-gone: the marker names WFS-gone, and there is no such session; "
        "--fix: remove the marker\n`mdtm doctor --fix` mends 1 of 1"
    )


def test_an_orphaned_marker_is_removed_and_one_with_text_in_it_is_put_aside():
    desk = Desk({".workflow/.active-WFS-gone": "", ".workflow/.active-WFS-told": "by hand\n", ".workflow/x": ""})
    outcome = desk.do("doctor --fix")
    assert outcome.status == 0
    assert outcome.text == (
        ".workflow/.active-WFS-gone: the marker names WFS-gone, and there is no such session; removed the marker\n"
        ".workflow/.active-WFS-told: the marker names WFS-told, and there is no such session; put the marker aside"
    )
    assert desk.files.texts == {".workflow/.inactive-WFS-told": "by hand\n", ".workflow/x": ""}


def test_of_several_markers_the_newest_that_names_a_session_is_kept_and_the_others_are_paused():
    texts = {
        f"{RURU}/SESS-20260605-03010{day}/session_log.md": log(f"SESS-20260605-03010{day}", "🟢 Active")
        for day in (1, 2)
    }
    desk = Desk(
        {
            **texts,
            f"{RURU}/.active-SESS-20260605-030102": "",
            f"{RURU}/.active-SESS-20260605-030101": "",
            ".workflow/.active-WFS-gone": "",
        }
    )
    outcome = desk.do("doctor --fix")
    assert [path for path in desk.files.texts if ".active" in path] == [f"{RURU}/.active-SESS-20260605-030101"]
    assert 'status = "⏸️ Paused"' in desk.text(f"{RURU}/SESS-20260605-030102/session_log.md")
    assert 'status = "🟢 Active"' in desk.text(f"{RURU}/SESS-20260605-030101/session_log.md")
    assert "; removed the marker" in outcome.text
    assert desk.problems() == ["idle-clock"], "nothing was logged for hours in the one that is paused now"


def test_a_session_without_its_log_gets_one_from_the_template_with_what_its_id_tells():
    desk = Desk({f"{RURU}/SESSION-Pick_up_slots-2606050301/artifacts/notes/NOTE-x-2606050302.md": "x\n"})
    assert found(desk) == [
        (f"{RURU}/SESSION-Pick_up_slots-2606050301", "the session has no session_log.md", "make it from the template")
    ]
    desk.do("doctor --fix")
    text = desk.text(f"{RURU}/…/session_log.md")
    assert 'title = "Pick up slots"\nstatus = "⏸️ Paused"\nstart_time = "2026-06-05T03:01:00Z"\n' in text
    assert desk.problems() in ([], ["unlisted-artifact"])


def test_a_folder_that_is_named_like_no_session_is_left_alone():
    assert found(Desk({f"{RURU}/drafts/x.md": "x", ".workflow/scratch/plan.md": "x"})) == []


def test_a_broken_state_is_made_anew_and_the_broken_text_is_kept_beside_it():
    broken = '{\r\n  "session_id": "WFS-menu", "project": "The menu 🍜",\r\n  "current_phase": "REVIEW", "n": 9,166\r\n'
    folder = ".workflow/WFS-menu"
    desk = Desk({f"{folder}/workflow-session.json": broken, ".workflow/.active-WFS-menu": ""})
    assert "doctor --fix" in desk.refused("pause")
    desk.do("doctor --fix")
    assert desk.text(f"{folder}/workflow-session.json.broken") == broken
    made = json.loads(desk.text(f"{folder}/workflow-session.json"))
    assert (made["session_id"], made["project"], made["status"]) == ("WFS-menu", "The menu 🍜", "active")
    assert made["current_phase"] == "REVIEW"
    assert desk.problems() == [] and found(desk) == []
    desk.do("pause")


def test_a_second_broken_state_is_kept_under_a_name_of_its_own():
    path = ".workflow/WFS-menu/workflow-session.json"
    desk = Desk({path: "", f"{path}.broken": "the first", ".workflow/.active-WFS-menu": ""})
    desk.do("doctor --fix")
    assert desk.text(f"{path}.broken") == "the first"
    assert desk.text(f"{path}.broken-2") == ""


def test_a_key_that_stands_twice_in_a_state_is_json_and_no_reason_to_make_it_anew():
    path = ".workflow/WFS-menu/workflow-session.json"
    desk = Desk({path: '{"session_id": "WFS-menu", "status": "active", "status": "paused"}'})
    assert [cure for _, _, cure in found(desk)] == [""]
    assert "its status stays as it is: " in (told := desk.do("resume WFS-menu").text) and "stands twice" in told


@pytest.mark.parametrize("text", ["", "\n\r\n", "# Slots 🎰\n"])
def test_an_empty_log_is_filled_from_the_template(text: str):
    desk = Desk({f"{RURU}/SESSION-Slots-2606050301/session_log.md": text})
    assert found(desk)[0][1] == "the log is empty"
    desk.do("doctor --fix")
    assert 'title = "Slots' in desk.text(f"{RURU}/…/session_log.md")
    assert desk.problems() == [] and found(desk) == []


@pytest.mark.parametrize(
    ("home", "marked", "status", "right"),
    [
        (RURU, False, "🟢 Active", "⏸️ Paused"),
        (RURU, True, "⏸️ Paused", "🟢 Active"),
        (RURU, True, "🏁 Completed", "🟢 Active"),
        (RURU, False, "🏁 Completed", ""),
        (RURU, True, "🟢 Actve", ""),
    ],
)
def test_the_marker_decides_which_status_is_right(home: str, marked: bool, status: str, right: str):
    name = "SESSION-Slots-2606050301"
    texts = {f"{home}/{name}/session_log.md": log(name, status, "" if "Act" in status else "2026-06-05T04:00:00Z")}
    desk = Desk({**texts, **({f"{home}/.active-{name}": ""} if marked else {})})
    cures = [cure for _, _, cure in found(desk)]
    assert cures == ([f'write "{right}"'] if right else [])
    desk.do("doctor --fix")
    text = desk.text(f"{home}/{name}/session_log.md")
    assert f'status = "{right or status}"' in text
    assert ("Status: mended by `mdtm doctor`" in text) == bool(right)


@pytest.mark.parametrize(
    ("home", "status", "right"),
    [
        ("archives", "planning", "completed"),
        ("archives", "active", "completed"),
        ("completed", "paused", "completed"),
        ("completed", "abandoned", ""),
        ("archives", "archived", ""),
        ("archives", "synthesis_completed", ""),
        ("active", "planning", ""),
        ("active", "active", "paused"),
    ],
)
def test_a_state_that_disagrees_with_its_place_is_put_right(home: str, status: str, right: str):
    path = f".workflow/{home}/WFS-menu/workflow-session.json"
    desk = Desk({path: state("WFS-menu", status)})
    assert bool(found(desk)) == bool(right)
    desk.do("doctor --fix")
    assert json.loads(desk.text(path))["status"] == (right or status)
    assert curable(desk) == []


def test_a_completed_session_among_the_open_ones_goes_to_the_archives():
    desk = Desk({".workflow/active/WFS-menu/workflow-session.json": state("WFS-menu", "completed")})
    desk.do("doctor --fix")
    assert "moved" not in desk.files.texts
    assert json.loads(desk.text(".workflow/archives/WFS-menu/workflow-session.json"))["status"] == "completed"
    assert found(desk) == []


def test_where_a_session_of_that_name_is_archived_already_a_person_must_choose():
    twice = {
        f".workflow/{home}/WFS-menu/workflow-session.json": state("WFS-menu", "completed")
        for home in ("active", "archives")
    }
    desk = Desk(twice)
    outcome = desk.do("doctor --fix")
    assert (outcome.plan, outcome.status) == ((), 1)
    assert ".workflow/archives/WFS-menu is there already" in outcome.text
    assert "mends" not in desk.do("doctor").text


def test_log_and_state_of_one_session_are_brought_together():
    name = "WFS-menu"
    desk = Desk(
        {
            f".workflow/{name}/workflow-session.json": state(name, "paused"),
            f".workflow/{name}/session_log.md": log(name, "active"),
        }
    )
    assert found(desk)[0][:2] == (
        f".workflow/{name}/session_log.md",
        'the status is "active", but workflow-session.json says otherwise',
    )
    desk.do("doctor --fix")
    assert 'status = "paused"' in desk.text(f".workflow/{name}/session_log.md")


def test_a_log_whose_frontmatter_is_broken_is_named_and_left_as_it_is():
    name = "SESSION-Slots-2606050301"
    text = log(name, "🟢 Active").replace('end_time = ""', 'end_time = "never')
    desk = Desk({f"{RURU}/{name}/session_log.md": text})
    outcome = desk.do("doctor --fix")
    assert (outcome.plan, outcome.status) == ((), 1)
    assert "mdtm check" in outcome.text


def test_line_ends_and_comments_stay_in_what_is_healed():
    name = "SESSION-Slots-2606050301"
    before = log(name, "🟢 Active").replace('"🟢 Active"', '"🟢 Active"  # see rule 11').replace("\n", "\r\n")
    desk = Desk({f"{RURU}/{name}/session_log.md": before})
    desk.do("doctor --fix")
    after = desk.text(f"{RURU}/{name}/session_log.md")
    assert '"⏸️ Paused"  # see rule 11\r\n' in after
    assert after.count("\n") == after.count("\r\n") == before.count("\n") + 1


def test_what_a_crash_left_behind_is_removed_and_files_of_others_are_not():
    others = {".ruru/.x.tmp": "", ".ruru/.y.0a1b2c3.tmp": "", ".ruru/y.0a1b2c3d.tmp": "", "src/.z.0a1b2c3d.tmp": "z"}
    desk = Desk({**others, f"{RURU}/{LEFTOVER}": "half", "..gitignore.0a1b2c3d.tmp": "x"})
    assert [path for path, _, _ in found(desk)] == ["..gitignore.0a1b2c3d.tmp", f"{RURU}/{LEFTOVER}"]
    desk.do("doctor --fix")
    assert desk.files.texts == others


def test_on_the_disk_one_plan_heals_all_at_once_and_leaves_nothing_behind(tmp_path: Path, monkeypatch, capsys):
    active = tmp_path / ".workflow/active/WFS-menu"
    active.mkdir(parents=True)
    (active / "workflow-session.json").write_bytes(b'{"status": "completed", \xff')
    (active / LEFTOVER).write_text("half")
    (tmp_path / ".workflow/.active-WFS-gone").touch()
    (tmp_path / RURU / "SESSION-Slots-2606050301").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert main(["doctor"]) == 1
    assert main(["doctor", "--fix"]) == 0
    assert main(["doctor"]) == 0
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert names == [
        ".ruru/sessions/SESSION-Slots-2606050301/session_log.md",
        ".workflow/archives/WFS-menu/session_log.md",
        ".workflow/archives/WFS-menu/workflow-session.json",
        ".workflow/archives/WFS-menu/workflow-session.json.broken",
    ]
    kept = tmp_path / ".workflow/archives/WFS-menu/workflow-session.json.broken"
    assert kept.read_bytes() == b'{"status": "completed", \xff'
    capsys.readouterr()


STATES = st.sampled_from(
    ["", "{", '["no object"]', "\x00\x00", "planning", "active", "paused", "completed", "abandoned"]
)
LOGS = st.sampled_from([None, "", "# Slots\n", "active", "paused", "completed", "broken", "yaml", "utf8", "crlf"])


def _log_text(name: str, kind: str | None, words: dict[str, str]) -> str | None:
    if kind in (None, "", "# Slots\n"):
        return kind
    text = log(name, words.get(str(kind), words["active"]), "" if kind == "active" else "2026-06-05T04:00:00Z")
    if kind == "broken":
        return text.replace('status = "', "status = ")
    if kind == "yaml":
        return text.replace("+++", "---").replace(" = ", ": ")
    if kind == "utf8":
        return text.replace("Slots", "Sl\ufffdts")
    return text.replace("\n", "\r\n") if kind == "crlf" else text


@st.composite
def workspaces(draw: st.DrawFn) -> dict[str, str]:
    """Workspaces in which much may be wrong at once; the order of the files is that of their last change."""
    texts: dict[str, str] = {}
    for home in draw(st.lists(st.sampled_from(HOMES), max_size=5)):
        number = draw(st.integers(1, 3))
        name = f"SESSION-Slots-260605030{number}" if home == RURU else f"WFS-menu-{number}"
        ruru = {"active": "🟢 Active", "paused": "⏸️ Paused", "completed": "🏁 Completed"}
        words = ruru if home == RURU else {word: word for word in ruru}
        text = _log_text(name, draw(LOGS), words)
        if text is not None:
            texts[f"{home}/{name}/session_log.md"] = text
        if home != RURU and draw(st.booleans()):
            kind = draw(STATES)
            texts[f"{home}/{name}/workflow-session.json"] = state(name, kind) if kind.isalpha() else kind
        texts[f"{home}/{name}/notes.txt"] = "kept 🎉"
        if draw(st.booleans()):
            texts[f"{home}/{name}/{LEFTOVER}"] = "half"
        if draw(st.booleans()):
            texts[f"{RURU if home == RURU else '.workflow'}/.active-{name}"] = draw(st.sampled_from(["", "\n", "mine"]))
    if draw(st.booleans()):
        texts[".workflow/.active-WFS-gone"] = ""
    return dict(draw(st.permutations(list(texts.items()))))


@seed(4)
@settings(max_examples=400, deadline=None)
@given(workspaces())
def test_what_the_doctor_heals_stays_healed_and_nothing_is_lost(texts: dict[str, str]):
    desk = Desk(texts)
    before = found(desk)
    assert found(desk) == before, "the order is always the same"
    desk.do("doctor --fix")
    assert curable(desk) == []
    after = desk.files.texts
    assert sum(path.endswith("notes.txt") for path in after) == sum(path.endswith("notes.txt") for path in texts)
    for path, text in texts.items():
        if path.endswith(".json") and not text.startswith("{\n"):
            assert any(other == text and ".broken" in kept for kept, other in after.items()), path
        if path.rpartition("/")[2].startswith(".active-") and text.strip():
            assert text in after.values(), path
    assert sum(path.rpartition("/")[2].startswith(".active-") for path in after) <= 1


@seed(5)
@settings(max_examples=40, deadline=None)
@given(workspaces())
def test_on_a_disk_the_doctor_heals_as_in_memory(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]):
    root = tmp_path_factory.mktemp("doctor")
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    at = Occasion(Tree(root), START, ACTOR, read_template)
    write(root, doctor(at, fix=True).plan)
    again = Occasion(Tree(root), START, ACTOR, read_template)
    assert [one for one in doctor(again).data["findings"] if one["cure"]] == []
    assert not list(root.rglob("*.tmp"))
