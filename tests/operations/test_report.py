"""The time that sessions took: the same to the second in every format, and in each as its readers want it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mdtm.cli import main
from mdtm.clock.zones import days, zone_named
from mdtm.sheets import FORMATS
from mdtm.sheets.ical import folded
from tests.doing import Desk

HOME = ".mdtm/sessions"
MORNING = f"""\
-- {HOME}/SESSION-001/session_log.md --
+++
id = "SESSION-001"
title = "Slots, \\"ten\\" minutes; <each> | all 🎟️"
status = "completed"
start_time = "2026-06-04T22:00:00Z"
end_time = "2026-06-05T01:30:00Z"
coordinator = "maren"
+++

## Log Entries

- [2026-06-04T22:00:00Z] `maren`: Session started: slots
- [2026-06-04T22:10:00Z] `maren`: Context: pushed sprint `SPRINT-1`
- [2026-06-04T22:20:00Z] `dev-api`: Context: pushed task `TASK-API-20260604-222000`
- [2026-06-04T23:00:00Z] `dev-api`: Session paused: the night
- [2026-06-05T00:30:00Z] `dev-web`: Session resumed
- [2026-06-05T00:40:00Z] `dev-web`: Context: pushed subtask `TASK-API-20260604-230000`
- [2026-06-05T01:00:15Z] `dev-web`: Context: cleared
- [2026-06-05T01:30:00Z] `maren`: Session ended: it works
-- {HOME}/SESSION-002/session_log.md --
+++
id = "SESSION-002"
title = "Prices"
status = "active"
start_time = "2026-06-05T08:00:00Z"
end_time = ""
coordinator = ""
+++

## Log Entries

- [2026-06-05T08:15:00Z] Read the old prices
- Session paused
- [2026-06-05T08:20:00Z] Read on
- [2026-06-05T08:30:00Z] Session resumed
-- {HOME}/.active-SESSION-002 --
-- .mdtm/tasks/SPRINT_1/TASK-API-20260604-222000.md --
+++
id = "TASK-API-20260604-222000"
title = "Serve the slots"
status = "🟢 Done"
type = "🌟 Feature"
estimated_hours = 1
+++
-- .mdtm/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "Orders"
status = "🔵 In Progress"
+++
"""


def report(command: str = "--all", files: str = MORNING) -> Any:
    return Desk(files).do(f"report {command}")


def rows(command: str) -> dict[str, str]:
    """Active and paused time of each row, in the form of a clock."""
    lines = report(command).text.split("\n\n")[1].split("\n")[1:]
    return {re.split(r"\s{2,}", line)[0]: " ".join(re.findall(r"\d+:\d\d:\d\d", line)[:2]) for line in lines}


def seconds(text: str) -> int:
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest


def test_a_session_tells_its_time_and_what_it_does_not_know():
    assert report("SESSION-001").text == (
        "Time by session, in UTC\n\n"
        "session       active   paused     wall  title\n"
        'SESSION-001  2:00:00  1:30:00  3:30:00  Slots, "ten" minutes; <each> | all 🎟️\n'
        "total        2:00:00  1:30:00  3:30:00"
    )
    assert report("").text == (
        "Time by session, in UTC\n\n"
        "session       active   paused     wall  title\n"
        "SESSION-002  0:45:00  0:10:00  0:55:00  Prices\n"
        "total        0:45:00  0:10:00  0:55:00\n\n"
        "- SESSION-002: line 13: nobody can tell when this was, so 0:05:00 around it are not counted"
    )


def test_every_kind_of_row():
    total = {"total": "2:45:00 1:40:00"}
    assert rows("--all --by session") == {"SESSION-001": "2:00:00 1:30:00", "SESSION-002": "0:45:00 0:10:00", **total}
    assert rows("--all --by day") == {"2026-06-04": "1:00:00 1:00:00", "2026-06-05": "1:45:00 0:40:00", **total}
    assert rows("--all --by sprint") == {"(no sprint)": "1:24:45 0:10:00", "SPRINT-1": "1:20:15 1:30:00", **total}
    assert rows("--all --by author") == {
        "maren": "0:20:00 0:00:00", "dev-api": "0:40:00 1:30:00", "dev-web": "1:00:00 0:00:00",
        "(nobody named)": "0:45:00 0:10:00", **total,
    }  # fmt: skip
    assert rows("--all --by task") == {
        "(no task)": "1:34:45 0:10:00", "TASK-API-20260604-222000": "1:10:15 1:30:00",
        "TASK-API-20260604-230000": "0:20:15 0:00:00", **total,
    }  # fmt: skip


def test_a_day_is_one_of_the_zone_that_is_asked_for():
    assert rows("SESSION-001 --by day --zone Europe/Berlin") == {
        "2026-06-05": "2:00:00 1:30:00", "total": "2:00:00 1:30:00",
    }  # fmt: skip
    assert rows("SESSION-001 --by day --zone=-03:00") == {"2026-06-04": "2:00:00 1:30:00", "total": "2:00:00 1:30:00"}


def test_a_task_says_how_far_from_its_estimate_it_came_out():
    text = report("--all --by task").text
    assert "TASK-API-20260604-222000  1:10:15  1:30:00  2:40:15   1:00:00   +17.1 %  Serve the slots\n" in text
    assert "- Some of the time counts in several rows, and once in the total.\n" in text
    row = report("--all --by task").data["rows"][1]
    assert (row["estimated_hours"], row["actual_hours"], row["variance_percent"]) == (1.0, None, 17.1)
    told = MORNING.replace("estimated_hours = 1", 'estimated_effort = "2-3 hours"\nactual_hours = 4.5')
    row = report("--all --by task", told).data["rows"][1]
    assert (row["estimated_hours"], row["actual_hours"], row["variance_percent"]) == (3.0, 4.5, 50.0)


def test_only_the_time_of_a_task_of_a_sprint_or_of_some_days():
    assert rows("--task TASK-API-20260604-230000") == {"SESSION-001": "0:20:15 0:00:00", "total": "0:20:15 0:00:00"}
    assert rows("--sprint 1") == {"SESSION-001": "1:20:15 1:30:00", "total": "1:20:15 1:30:00"}
    assert rows("--until 2026-06-04") == {"SESSION-001": "1:00:00 1:00:00", "total": "1:00:00 1:00:00"}
    assert rows("--since 2026-06-05 --until 2026-06-05 --by day") == {
        "2026-06-05": "1:45:00 0:40:00", "total": "1:45:00 0:40:00",
    }  # fmt: skip
    assert rows("SESSION-002 --since 2026-06-06") == {"total": "0:00:00 0:00:00"}
    assert (
        "Time by session, from 2026-06-05 to 2026-06-06, in +02:00\n"
        in report("--since 2026-06-05 --until 2026-06-06 --zone +02:00").text
    )


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("--zone Berlin", "Berlin is no zone; write one such as Europe/Berlin, UTC+05:30 or UTC"),
        ("--zone ../secret", "../secret is no zone; write one such as Europe/Berlin, UTC+05:30 or UTC"),
        ("--zone Europe", "Europe is no zone; write one such as Europe/Berlin, UTC+05:30 or UTC"),
        ("--since yesterday", "yesterday is no day; write one as 2026-06-05"),
        ("--since 2026-06-31", "2026-06-31 is no day; write one as 2026-06-05"),
        ("--since 20260601", "20260601 is no day; write one as 2026-06-05"),
        ("--until 9999-12-31", "9999-12-31 is no day; write one as 2026-06-05"),
        (
            "--since 2026-06-05 --until 2026-06-04",
            "2026-06-04 is before 2026-06-05; --since is the first day that counts, and --until the last one",
        ),
        ("SESSION-003", "there is no session SESSION-003; did you mean SESSION-002?"),
        ("--task TASK-API-1", "there is no task TASK-API-1; see `mdtm task list`"),
        (
            "--sprint 2",
            "there is no sprint SPRINT-2; did you mean SPRINT-1? `mdtm sprint create SPRINT-2 TITLE` makes it",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(command: str, message: str):
    assert Desk(MORNING).refused(f"report {command}") == message


def test_the_status_of_a_session_has_its_clock_for_a_status_bar():
    assert Desk(MORNING).do("status").data["clock"] == {
        "text": "0:45", "active_seconds": 2700, "paused_seconds": 600, "wall_seconds": 3300, "known": True,
        "running": True,
    }  # fmt: skip


def test_what_the_verbs_write_is_what_the_report_counts():
    desk = Desk()
    for command in ('start "Slots"', "pause lunch", "resume", "log 'a note'", "pause", "resume", "complete"):
        desk.do(command)
    (row,) = desk.do("report --all").data["rows"]
    assert (row["active_seconds"], row["paused_seconds"]) == (4 * 60, 2 * 60)


def test_all_are_all_even_where_one_is_named():
    assert len(report("SESSION-001 --all").data["rows"]) == 2
    assert len(report("SESSION-001 --sprint 1").data["rows"]) == 1


def test_a_clock_that_runs_while_nobody_logs_anything_is_told():
    desk = Desk(MORNING)
    desk.now += timedelta(hours=4)
    note = "- SESSION-002: the clock runs, though nothing was logged for 4:30:00"
    assert note in desk.do("report").text.split("\n")
    assert note not in Desk(MORNING).do("report").text
    desk.do("log 'still here'")
    assert "the clock runs" not in desk.do("report").text


def test_the_history_of_the_context_counts_by_the_same_clock():
    desk = Desk(MORNING)
    told = {one["id"]: one["seconds"] for one in desk.do("history SESSION-001").data["totals"]}
    for by in ("sprint", "task"):
        for row in desk.do(f"report SESSION-001 --by {by}").data["rows"]:
            assert row["active_seconds"] == told.pop(row["name"], row["active_seconds"])
    assert told == {}


def test_the_page_on_the_clock_shows_what_is_really_told():
    page = (Path(__file__).parents[2] / "docs" / "clock.md").read_text("utf-8")
    log = page.partition("```markdown\n")[2].partition("```")[0]
    command, _, shown = page.partition("```console\n$ mdtm ")[2].partition("```")[0].partition("\n")
    desk = Desk({f"{HOME}/SESSION-001/session_log.md": log})
    desk.now = datetime(2026, 9, 15, tzinfo=timezone.utc)
    assert desk.do(command).text == shown.rstrip("\n")
    assert desk.problems() == []
    for line in page.partition("```sh\n")[2].partition("```")[0].splitlines():
        words = (
            line.partition(" >")[0].partition("  #")[0].replace("TASK-DEV-20260914-081500", "TASK-API-20260604-230000")
        )
        told = Desk(MORNING).do(words.removeprefix("mdtm ").replace("--format ical", "--format csv"))
        assert {*told.data} == set(re.findall(r"`(\w+)`", _object(page)))


def _object(page: str) -> str:
    """The names of the keys that the page gives to the object."""
    lines = page.partition("| key of the object |")[2].partition("\n\n")[0].split("\n")
    return " ".join(line.split("|")[1] for line in lines[2:])


def test_without_an_active_session_one_is_named_or_all_are_meant():
    assert Desk().refused("report") == "there is no active session; name one, or tell of all with --all"
    assert Desk().do("report --all").data["rows"] == []


@pytest.mark.parametrize("by", ["session", "task", "sprint", "day", "author"])
def test_the_totals_are_the_same_to_the_second_in_every_format(by: str):
    desk = Desk(MORNING)
    told = {}
    for form in FORMATS:
        desk.now = datetime(2026, 6, 5, 9, tzinfo=timezone.utc)
        told[form] = desk.do(f"report --all --by {by} --format {form}")
    wanted = (9900, 6000, 15900)
    assert tuple(told["json"].data["total"].values()) == wanted
    assert all(one.data == told["json"].data == json.loads(told["json"].text) for one in told.values())
    last = re.search(r"^total +(\S+) +(\S+) +(\S+)$", told["text"].text, re.MULTILINE)
    assert last and tuple(map(seconds, last.groups())) == wanted
    cells = next(line for line in told["markdown"].text.split("\n") if line.startswith("| total")).split(" | ")
    assert tuple(map(seconds, cells[1:4])) == wanted
    (*_, record) = csv.DictReader(io.StringIO(told["csv"].text, newline=""))
    assert tuple(int(record[f"{kind}_seconds"]) for kind in ("active", "paused", "wall")) == wanted
    assert re.findall(r"X-MDTM-\w+-SECONDS:(\d+)", told["ical"].text) == [*map(str, wanted)]
    assert _worked(told["ical"].text) == wanted[0]
    picture = "".join(ElementTree.fromstring(told["svg"].text).itertext())
    sums = re.search(r"active (\S+) \+ \W*paused (\S+) = wall (\S+)", picture)
    assert sums and tuple(map(seconds, sums.groups())) == wanted
    bars = re.findall(r"\b(active|paused) (\d+:\d\d:\d\d), 2026", picture)
    if by != "task":
        assert sum(seconds(time) for kind, time in bars if kind == "active") == wanted[0]


def _worked(calendar: str) -> int:
    """The seconds of all events of a calendar."""
    ends = [re.findall(rf"^{name}:(\S+)Z\r$", calendar, re.MULTILINE) for name in ("DTSTART", "DTEND")]
    read = [[datetime.strptime(text, "%Y%m%dT%H%M%S") for text in texts] for texts in ends]
    return sum(int((end - start).total_seconds()) for start, end in zip(*read, strict=True))


def test_the_rows_of_sessions_and_days_add_up_to_the_total():
    for by in ("session", "day", "author", "sprint"):
        data = report(f"--all --by {by} --zone America/New_York").data
        for kind in ("active_seconds", "paused_seconds", "wall_seconds"):
            assert sum(row[kind] for row in data["rows"]) == data["total"][kind]


def test_the_data_says_of_each_interval_what_it_belongs_to():
    data = report("SESSION-001").data
    assert data["intervals"][2] == {
        "start": "2026-06-04T22:20:00Z", "end": "2026-06-04T23:00:00Z", "kind": "active", "seconds": 2400,
        "session": "SESSION-001", "author": "dev-api",
        "context": [{"type": "sprint", "id": "SPRINT-1"}, {"type": "task", "id": "TASK-API-20260604-222000"}],
    }  # fmt: skip
    assert sum(one["seconds"] for one in data["intervals"]) == data["total"]["wall_seconds"]
    assert {key: data[key] for key in ("by", "zone", "since", "until", "made", "remarks")} == {
        "by": "session", "zone": "UTC", "since": "", "until": "", "made": "2026-06-05T09:00:00Z", "remarks": [],
    }  # fmt: skip


def test_csv_keeps_every_title_and_ends_its_lines_as_it_should():
    text = report("--all --format csv").text
    assert text.endswith("total,,9900,6000,15900\r\n")
    assert "\n" not in text.replace("\r\n", "")
    records = list(csv.DictReader(io.StringIO(text, newline="")))
    assert records[0]["title"] == 'Slots, "ten" minutes; <each> | all 🎟️'
    assert [one["name"] for one in records] == ["SESSION-001", "SESSION-002", "total"]


def test_a_title_breaks_no_table_of_markdown():
    lines = report("--all --format markdown").text.split("\n")
    assert lines[2:5] == [
        "| session | active | paused | wall | title |",
        "| --- | ---: | ---: | ---: | --- |",
        '| SESSION-001 | 2:00:00 | 1:30:00 | 3:30:00 | Slots, "ten" minutes; \\<each\\> \\| all 🎟️ |',
    ]


def test_a_calendar_has_an_event_for_each_stretch_of_work_and_keeps_to_the_grammar():
    text = report("SESSION-001 --format ical").text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") and text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")[:-1]
    assert all("\n" not in line and "\r" not in line and len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert all(re.fullmatch(r"[A-Z][A-Z-]*:[^\x00-\x1f]*", line) for line in unfolded)
    events = "\n".join(unfolded).split("BEGIN:VEVENT\n")[1:]
    assert len(events) == 6 == len({re.search(r"UID:(.*)", event)[1] for event in events})  # type: ignore[index]
    for event in events:
        names = [line.partition(":")[0] for line in event.split("END:VEVENT")[0].split("\n")[:-1]]
        assert names == ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"]
    assert events[2] == (
        "UID:20260604T222000Z-SESSION-001@mdtm\nDTSTAMP:20260605T090000Z\n"
        "DTSTART:20260604T222000Z\nDTEND:20260604T230000Z\n"
        'SUMMARY:TASK-API-20260604-222000: Slots\\, "ten" minutes\\; <each> | all 🎟️\n'
        "DESCRIPTION:session SESSION-001\\nsprint SPRINT-1\\ntask TASK-API-20260604-222000\\nby dev-api\n"
        "END:VEVENT\n"
    )


def test_an_event_keeps_its_name_while_it_grows():
    desk = Desk(MORNING)
    uids = [re.findall("UID:.*", desk.do("report --format ical").text) for _ in range(3)]
    assert uids[0] == uids[1] == uids[2]


def test_a_calendar_without_an_event_is_refused():
    message = "no time at work is counted here, and a calendar without an event is none"
    assert Desk(MORNING).refused("report --since 2027-01-01 --format ical") == message


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])))
def test_folding_loses_nothing_and_cuts_no_character(line: str):
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece.removeprefix(" ") for piece in pieces[1:])]) == line


def test_a_picture_is_sound_xml_with_a_row_for_each_session_or_task():
    for by, names in (("session", 2), ("day", 2), ("task", 3)):
        text = report(f"--all --by {by} --format svg").text
        root = ElementTree.fromstring(text)
        labels = root.findall("{http://www.w3.org/2000/svg}text/{http://www.w3.org/2000/svg}title")
        assert len(labels) == names
    assert "prefers-color-scheme: dark" in text
    days_named = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text") if one.text]
    assert "2026-06-05" in days_named


def test_a_picture_of_nothing_and_of_signs_that_xml_forbids_is_sound_too():
    ElementTree.fromstring(report("--since 2027-01-01 --format svg").text)
    odd = MORNING.replace("<each>", "\\u0001\\u001b & ]]>")
    ElementTree.fromstring(report("--all --format svg", odd).text)
    calendar = report("--all --format ical", odd).text
    assert "& ]]>" in calendar and not set(calendar) & {"\x01", "\x1b"}


def test_the_command_line_writes_the_line_ends_that_a_format_wants(tmp_path, monkeypatch, capfdbinary):
    folder = tmp_path / HOME / "SESSION-001"
    folder.mkdir(parents=True)
    log = MORNING.split(" --\n", 1)[1].split("-- .mdtm")[0]
    (folder / "session_log.md").write_text(log, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["report", "SESSION-001", "--format", "csv"]) == 0
    out = capfdbinary.readouterr().out
    assert out.endswith(b"total,,7200,5400,12600\r\n") and b"\n" not in out.replace(b"\r\n", b"")
    assert main(["report", "SESSION-001", "--json"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["done"] is True and answer["total"]["wall_seconds"] == 12600


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo",
     "America/Havana", "Australia/Lord_Howe", "+05:45", "-11:00"]
)  # fmt: skip


@seed(6)
@settings(max_examples=300, deadline=None)
@given(st.integers(0, 500_000_000), st.integers(1, 40 * 86_400), ZONES)
def test_the_days_of_any_zone_share_out_just_the_time_that_there_was(start: int, length: int, name: str):
    """From 2010 on, with all the hours and days that clocks leave out or have twice."""
    first = datetime(2010, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=start)
    last, zone = first + timedelta(seconds=length), zone_named(name)
    found = list(days(first, last, zone))
    assert [one[1] for one in found] == [first, *(one[2] for one in found[:-1])] and found[-1][2] == last
    assert [one[0] for one in found] == sorted({one[0] for one in found})
    assert all(begin < end for _, begin, end in found)


def test_a_day_on_which_clocks_change_is_shorter_or_longer():
    zone = zone_named("Europe/Berlin")
    first = datetime(2026, 3, 28, 23, tzinfo=timezone.utc)
    lengths = {
        str(day): (end - start).total_seconds() / 3600
        for day, start, end in days(first, first + timedelta(days=240), zone)
    }
    assert (lengths["2026-03-29"], lengths["2026-03-30"], lengths["2026-10-25"]) == (23, 24, 25)
