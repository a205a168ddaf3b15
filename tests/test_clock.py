"""What a log tells of its time, in every form in which logs are written."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mdtm.clock.intervals import Clock, clock_of, duration, face
from mdtm.clock.record import record_of
from mdtm.clock.ticks import all_ticks
from mdtm.document import Document
from mdtm.schema.statuses import ACTIVE, COMPLETED, PAUSED
from mdtm.text import Span
from mdtm.times import spell_time
from tests.checks import NOW, SESSION_PATH

UTC = timezone.utc


def log(*entries: str, status: str = "🏁 Completed", start: str = "2025-06-05T09:00:00Z", end: str = "") -> str:
    lines = "".join(f"{entry}\n" for entry in entries)
    return (
        f'+++\nid = "SESSION-Pick_up_slots-2506050301"\ntitle = "Slots"\nstatus = "{status}"\nstart_time = "{start}"\n'
        f'end_time = "{end}"\ncoordinator = "dev-api"\n+++\n\n## Log Entries\n\n{lines}'
    )


def clock(text: str, now: datetime = NOW, place: int | None = None) -> Clock:
    return clock_of(record_of(Document.read(SESSION_PATH, text)), now, place)


def told(found: Clock) -> str:
    """Active, paused and wall time, in one line."""
    assert found.active + found.paused == found.wall
    return f"{duration(found.active)} + {duration(found.paused)} = {duration(found.wall)}"


def remarks(found: Clock) -> list[str]:
    return [remark.text for remark in found.remarks]


def intervals(found: Clock) -> list[str]:
    """Each interval: its times, its kind, what was worked on, and who began it."""
    return [
        f"{one.start:%H:%M}-{one.end:%H:%M} {one.kind} {'/'.join(item.id for item in one.stack)} {one.actor}"
        for one in found.intervals
    ]


def test_the_entries_part_the_time_into_work_and_rest():
    found = clock(
        log(
            "- [2025-06-05T09:00:00Z] `dev-api`: Session started: slots",
            "- [2025-06-05T10:00:00Z] `maren`: Session paused: lunch",
            "- [2025-06-05T11:30:00Z] `dev-web`: Session resumed",
            "- [2025-06-05T12:00:00Z] `dev-web`: Session ended: done",
            end="2025-06-05T12:00:00Z",
        )
    )
    assert intervals(found) == [
        "09:00-10:00 active  dev-api", "10:00-11:30 paused  maren", "11:30-12:00 active  dev-web",
    ]  # fmt: skip
    assert told(found) == "1:30:00 + 1:30:00 = 3:00:00"
    assert remarks(found) == []


def test_a_pause_is_counted_once():
    """The system that this comes from adds the time since the start at each pause."""
    entries = [
        entry
        for hour in (10, 12, 14)
        for entry in (
            f"- [2025-06-05T{hour}:00:00Z] Session paused",
            f"- [2025-06-05T{hour + 1}:00:00Z] Session resumed",
        )
    ]
    assert told(clock(log(*entries, end="2025-06-05T16:00:00Z"))) == "4:00:00 + 3:00:00 = 7:00:00"
    twice = [entries[0], entries[0], *entries[1:]]
    assert told(clock(log(*twice, end="2025-06-05T16:00:00Z"))) == "4:00:00 + 3:00:00 = 7:00:00"


@pytest.mark.parametrize(
    ("pause", "resume"),
    [
        ("- [2025-06-05T10:00:00Z] Session paused", "- [2025-06-05T11:00:00Z] Session resumed"),
        ("- [2025-06-05 10:00:00Z] ⏸️ Paused: lunch", "- [2025-06-05 11:00Z] Session continued"),
        ("- 2025-06-05T12:00:00+02:00 - `dev-api` - Work paused", "- 2025-06-05T13:00+02:00: Resumed work"),
        ("* **2025-06-05 10:00 UTC Maren:** Session paused 🥐", "- `[2025-06-05T11:00:00Z]` Maren: Session reopened"),
        ("**[2025-06-05T10:00:00Z]** Pausing for lunch", "2025-06-05T11:00:00Z - dev-api: Resuming the session"),
        ("## 2025-06-05T10:00:00Z - Session paused\n\nFor lunch.", "## 2025-06-05T11:00:00Z - Session resumed"),
        ("[2025-06-05 20:00:00 AEST] Session paused", "*   [2025-06-05 21:00:00 AEST] Session resumed"),
        (
            "- [2025-06-05T10:00:00.250Z] Session status changed to: `⏸ Paused`",
            "- [2025-06-05T11:00:00Z] Session status changed to: 🟢 Active",
        ),
        (
            "---\ntimestamp: 2025-06-05T10:00:00Z\nactor: dev-api\nevent_type: session_paused\ndetails: |\n  lunch\n---",
            '---\ntimestamp: "2025-06-05T11:00:00Z"\nactor: dev-api\nevent_type: resume\n---',
        ),
    ],
)
def test_every_form_of_entry_moves_the_clock(pause: str, resume: str):
    assert told(clock(log(pause, resume, end="2025-06-05T12:00:00Z"))) == "2:00:00 + 1:00:00 = 3:00:00"
    text = log(pause, resume, end="2025-06-05T12:00:00Z").replace("\n", "\r\n")
    assert told(clock(text)) == "2:00:00 + 1:00:00 = 3:00:00"


@pytest.mark.parametrize(
    "text",
    [
        "Paused the rollout to the second shop", "Resumed the rollout", "The session token pauses the upload",
        "Status: green", "Session started again on the other host", "Context: the token store",
    ],
)  # fmt: skip
def test_what_is_about_something_else_does_not_move_it(text: str):
    found = clock(log(f"- [2025-06-05T10:00:00Z] {text}", end="2025-06-05T12:00:00Z"))
    assert told(found) == "3:00:00 + 0:00:00 = 3:00:00"
    assert len(found.intervals) == 1


def test_yaml_blocks_say_who_acted_and_one_that_never_ends_is_read_as_far_as_it_goes():
    entry = "---\ntimestamp: 2025-06-05T10:00:00Z\nactor: dev-web\nevent_type: session_paused"
    found = clock(log(entry, end="2025-06-05T12:00:00Z"))
    assert intervals(found) == ["09:00-10:00 active  dev-api", "10:00-12:00 paused  dev-web"]


def test_the_frontmatter_tells_the_ends_where_no_entry_does():
    found = clock(log("- [2025-06-05T09:30:00Z] Read the calendar", status="⏸️ Paused", end="2025-06-05T10:15:30Z"))
    assert told(found) == "1:15:30 + 0:00:00 = 1:15:30"
    assert (found.runs, found.known) == (False, True)


def test_an_active_session_runs_until_now_and_one_that_no_marker_names_to_its_last_entry():
    text = log("- [2025-06-05T09:30:00Z] Read the calendar", status="🟢 Active")
    now = datetime(2025, 6, 5, 10, 0, 0, 999_999, tzinfo=UTC)
    found = clock(text, now, place=0)
    assert (told(found), found.runs) == ("1:00:00 + 0:00:00 = 1:00:00", True)
    assert told(clock(text, now, place=1)) == "0:30:00 + 0:00:00 = 0:30:00"


def test_a_session_that_is_over_without_an_end_stands_at_its_last_entry():
    found = clock(log("- [2025-06-05T09:30:00Z] Read the calendar", "- Then home"))
    assert told(found) == "0:30:00 + 0:00:00 = 0:30:00"


def test_the_time_between_an_end_and_a_reopening_is_rest():
    found = clock(
        log(
            "- [2025-06-05T10:00:00Z] Session completed: it works",
            "- [2025-06-06T09:00:00Z] Session reopened: it does not",
            "- [2025-06-06T10:00:00Z] Session failed: nobody knows why",
            end="2025-06-06T10:00:00Z",
        )
    )
    assert told(found) == "2:00:00 + 23:00:00 = 25:00:00"


def test_the_stack_is_on_the_clock_and_rests_with_the_session():
    found = clock(
        log(
            "- [2025-06-05T09:10:00Z] `maren`: Context: pushed sprint `SPRINT-1`",
            "- [2025-06-05T09:20:00Z] `dev-web`: Context: pushed task `TASK-A-1`",
            "- [2025-06-05T10:00:00Z] `dev-web`: Session paused",
            "- [2025-06-05T11:00:00Z] `dev-web`: Session resumed",
            "- [2025-06-05T11:30:00Z] `dev-web`: Context: popped task `TASK-A-1`: it works",
            "- [2025-06-05T11:40:00Z] Context: cleared",
            end="2025-06-05T12:00:00Z",
        )
    )
    assert intervals(found) == [
        "09:00-09:10 active  dev-api",
        "09:10-09:20 active SPRINT-1 maren",
        "09:20-10:00 active SPRINT-1/TASK-A-1 dev-web",
        "10:00-11:00 paused SPRINT-1/TASK-A-1 dev-web",
        "11:00-11:30 active SPRINT-1/TASK-A-1 dev-web",
        "11:30-11:40 active SPRINT-1 dev-web",
        "11:40-12:00 active  dev-api",
    ]
    assert found.stack == ()


def test_times_that_go_backwards_count_nothing_and_are_told():
    found = clock(
        log(
            "- [2025-06-05T10:00:00Z] Session paused",
            "- [2025-06-05T09:30:00Z] Context: pushed task `TASK-A-1`",
            "- [2025-06-05T10:30:00Z] Session resumed",
            end="2025-06-05T11:00:00Z",
        )
    )
    assert told(found) == "1:30:00 + 0:30:00 = 2:00:00"
    assert remarks(found) == ["2025-06-05T09:30:00Z is earlier than the change before it, and counts as that"]


def test_an_entry_behind_the_end_counts_as_the_end():
    found = clock(log("- [2025-06-05T18:00:00Z] Session ended: late", end="2025-06-05T11:00:00Z"))
    assert told(found) == "2:00:00 + 0:00:00 = 2:00:00"


def test_an_end_before_the_start_is_not_known():
    found = clock(log(end="2025-06-05T08:00:00Z"))
    assert (found.known, found.wall, remarks(found)) == (False, 0, ["it ends before it starts"])
    assert not clock(log(start="")).known


def test_a_resume_without_a_pause_says_that_it_rested_from_the_entry_before():
    found = clock(
        log(
            "- [2025-06-05T10:00:00Z] Slots are ten minutes long.",
            "- [2025-06-05T14:00:00Z] Session resumed",
            end="2025-06-05T15:00:00Z",
        )
    )
    assert intervals(found) == [
        "09:00-10:00 active  dev-api", "10:00-14:00 paused  dev-api", "14:00-15:00 active  dev-api",
    ]  # fmt: skip
    assert remarks(found) == ["the session goes on, but no entry paused it; it rests from the entry before"]


def test_times_without_a_zone_are_compared_with_each_other_alone():
    entries = ("- [2025-06-05 10:00:00] Session paused", "- [2025-06-05 10:30:00] Session resumed")
    found = clock(log(*entries, start="2025-06-05 09:00:00", end="2025-06-05 11:00:00"))
    assert told(found) == "1:30:00 + 0:30:00 = 2:00:00"
    assert remarks(found) == ["its times name no zone, and are taken for UTC"]
    active = clock(log(*entries, start="2025-06-05 09:00:00", status="🟢 Active"))
    assert (told(active), active.runs) == ("1:00:00 + 0:30:00 = 1:30:00", False)
    assert remarks(active)[1] == "what has passed since its last entry is not counted"


def test_a_change_at_an_unknown_time_leaves_out_what_lies_around_it():
    found = clock(
        log(
            "- [2025-06-05T09:10:00Z] Read the calendar.",
            "- [2025-06-05 12:00:00] Session paused",
            "- [2025-06-05T10:00:00Z] Back from lunch.",
            "- [2025-06-05T10:30:00Z] Session resumed",
            end="2025-06-05T11:00:00Z",
        )
    )
    assert intervals(found) == [
        "09:00-09:10 active  dev-api", "10:00-10:30 paused  dev-api", "10:30-11:00 active  dev-api",
    ]  # fmt: skip
    assert remarks(found) == [
        "nobody can tell when this was, so 0:50:00 around it are not counted",
        "one time names no zone, and cannot be compared with the others, which do",
    ]


@pytest.mark.parametrize("stamp", ["", "[2025-06-05] ", "[2025-06-05T25:00:00Z] ", "[YYYY-MM-DD HH:MM:SS] "])
def test_a_pause_whose_hour_nobody_wrote_is_not_guessed(stamp: str):
    found = clock(log(f"- {stamp}Session paused", end="2025-06-05T11:00:00Z"))
    assert (found.wall, found.known) == (0, True)
    assert remarks(found)[0] == "nobody can tell when this was, so 2:00:00 around it are not counted"


def test_an_entry_whose_time_is_unknown_but_changes_nothing_costs_nothing():
    found = clock(log("- [2025-06-05 12:00:00] Read the calendar.", end="2025-06-05T11:00:00Z"))
    assert told(found) == "2:00:00 + 0:00:00 = 2:00:00"


def test_one_time_with_a_zone_among_others_without_is_left_out():
    entries = ("- [2025-06-05 10:00:00] Read on.", "- [2025-06-05 12:00:00] Wrote it down.")
    found = clock(log(*entries, start="2025-06-05T01:00:00Z", status="🟢 Active"))
    assert told(found) == "2:00:00 + 0:00:00 = 2:00:00"
    assert remarks(found)[0] == "one time names a zone, and cannot be compared with the others, which do not"


def test_a_status_bar_gets_what_it_needs_to_let_the_clock_go_on():
    text = log("- [2025-06-05T09:30:00Z] Session paused", status="🟢 Active")
    now = datetime(2025, 6, 5, 10, 1, 2, tzinfo=UTC)
    assert face(clock(text, now, place=0)) == {
        "text": "0:30", "active_seconds": 1800, "paused_seconds": 1862, "wall_seconds": 3662, "known": True,
        "running": False,
    }  # fmt: skip
    assert face(clock(log(status="🟢 Active"), now, place=0))["running"] is True


def test_a_log_that_grows_tells_what_one_read_anew_tells():
    document = Document.read(SESSION_PATH, log(*(f"- [2025-06-05T09:{n:02}:00Z] Step {n}" for n in range(40))))
    record_of(document)
    for entry in ("- [2025-06-05T10:00:00Z] Session paused\n", "- [2025-06-05T11:00:00Z] Session resumed\n"):
        end = len(document.text)
        document = document.edited(Span(end, end), entry)
        assert record_of(document) == record_of(Document.read(SESSION_PATH, str(document.text)))


STEPS = st.sampled_from([
    "- [2025-06-05T10:00:00Z] Session paused\n", "- [2025-06-05T11:00:00Z] Session resumed\n", "- [soon] Session paused\n",
    "- [2025-06-05 10:30] Step\n", "- [2025-06-05T10:30:00Z] Step\n", "- [2025-06-05T12:00:00Z] Step\n", "- Step\n",
    "- [2025-06-05] Context: pushed task `TASK-A-1`\n", "- [2025-06-05T11:30:00Z] Context: popped task `TASK-A-1`\n",
    "---\ntimestamp: 2025-06-05T11:45:00Z\nevent: pause\n---\n", "- [2025-06-05T13:00:00Z] ▶️ Resumed\n", "\n", "🟢",
])  # fmt: skip


@seed(7)
@settings(max_examples=200, deadline=None)
@given(st.lists(STEPS, max_size=40), st.lists(STEPS, max_size=4), st.data())
def test_the_clock_of_an_edited_log_is_that_of_one_read_anew_with_all_its_entries(
    steps: list[str], new: list[str], data: st.DataObject
):
    text = log(*(step.rstrip("\n") for step in steps * 8))
    document = Document.read(SESSION_PATH, text)
    record_of(document)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    document = document.edited(Span(start, end), "".join(new))
    anew = Document.read(SESSION_PATH, str(document.text))
    record = record_of(document)
    assert record == record_of(anew) and all_ticks(document) == all_ticks(anew)
    every = record._replace(ticks=tuple(all_ticks(anew)))
    for place in (ACTIVE, PAUSED, COMPLETED):
        assert clock_of(record, NOW, place) == clock_of(every, NOW, place)


CHANGES = ("Session paused", "Session resumed", "Session ended: x", "Context: pushed task `TASK-A-1`", "Read on.")
OFFSETS = st.sampled_from([-570, -480, -300, 0, 60, 120, 330, 345, 600, 765])
SUMMER = datetime(2025, 3, 29, 20, tzinfo=UTC)
"""Before the night in which much of Europe changes its clocks."""


def spelled(when: datetime, offset: int, form: int) -> str:
    """A time in the zone that is so many minutes east of UTC, in one of the spellings that logs have."""
    if form == 0:
        return spell_time(when)
    local = when.astimezone(timezone(timedelta(minutes=offset)))
    return local.isoformat(" " if form == 1 else "T")


@seed(6)
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30_000), st.sampled_from(CHANGES), OFFSETS, st.integers(0, 2)), max_size=12),
    st.integers(0, 30_000),
)
def test_active_and_paused_time_are_the_wall_time_over_changes_of_the_clocks_and_mixed_zones(
    steps: list[tuple[int, str, int, int]], rest: int
):
    when, entries, active, at_work = SUMMER, [], 0, True
    for seconds, text, offset, form in steps:
        when += timedelta(seconds=seconds)
        entries.append(f"- [{spelled(when, offset, form)}] {text}")
        active += seconds if at_work else 0
        if text == "Session resumed" and at_work:
            active -= seconds  # it rested since the entry before
        at_work = (at_work and text not in CHANGES[:3]) or text == "Session resumed"
    end = when + timedelta(seconds=rest)
    active += rest if at_work else 0
    found = clock(log(*entries, start=spell_time(SUMMER), end=spelled(end, 330, 2)))
    assert found.active + found.paused == found.wall == (end - SUMMER).total_seconds()
    assert found.active == active
    assert [one.start for one in found.intervals[1:]] == [one.end for one in found.intervals[:-1]]


@seed(6)
@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Z", "", "+02:00", "day", "none"]), st.integers(0, 90_000), st.sampled_from(CHANGES)
        ),
        max_size=12,
    )
)
def test_nothing_that_is_written_counts_more_than_the_wall(steps: list[tuple[str, int, str]]):
    """Whatever order and spelling the times have: no time is counted twice, and none outside of the ends."""
    entries = []
    for zone, seconds, text in steps:
        when = SUMMER.replace(tzinfo=None) + timedelta(seconds=seconds)
        stamp = {"day": f"[{when:%Y-%m-%d}] ", "none": ""}.get(zone, f"[{when.isoformat()}{zone}] ")
        entries.append(f"- {stamp}{text}")
    end = SUMMER + timedelta(hours=25)
    found = clock(log(*entries, start=spell_time(SUMMER), end=spell_time(end)))
    assert found.active + found.paused == found.wall <= 25 * 3600
    for before, after in zip(found.intervals, found.intervals[1:], strict=False):
        assert before.end <= after.start
    assert all(one.seconds > 0 for one in found.intervals)
