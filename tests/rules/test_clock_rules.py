"""The rules of the clock, on what their pages do not show."""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mdtm.clock.clocks import Clocks
from mdtm.clock.intervals import duration, standing
from mdtm.clock.record import record_of
from mdtm.document import Document
from mdtm.files import Memory
from mdtm.judge import fix_plan, fixed, judge
from mdtm.plan import apply
from mdtm.problem import Severity
from mdtm.rules import FAMILY_OF
from mdtm.settings import Settings
from mdtm.text import Span
from mdtm.workspace import NO_FILES
from tests.checks import check_fix, codes_in, files_in, problems_in, workspace_of

HOME = ".ruru/sessions"
NAME = "SESSION-Slots-2506050301"
TASK = "TASK-DEV-20250605-101500"


def log(
    *entries: str, status: str = "🏁 Completed", start: str = "2025-06-05T03:01:44Z", end: str = "", name: str = NAME,
    coordinator: str = "dev-api", more: str = "",
) -> str:  # fmt: skip
    lines = "".join(f"{entry}\n" for entry in entries)
    return (
        f'-- {HOME}/{name}/session_log.md --\n+++\nid = "{name}"\ntitle = "Slots"\nstatus = "{status}"\n'
        f'start_time = "{start}"\nend_time = "{end}"\ncoordinator = "{coordinator}"\n{more}+++\n\n## Log Entries\n\n{lines}'
    )


def problems(text: str, code: str, chosen: Settings | None = None) -> list[str]:
    found = problems_in(files_in(text), chosen or Settings())
    return [problem.message for _, problem in found if problem.code == code]


def fixes(text: str, code: str) -> dict[str, str]:
    """What each cure of the first problem of a rule makes of the entries."""
    files = files_in(text)
    document, problem = next(one for one in problems_in(files) if one[1].code == code)
    return {
        fix.title: apply(fix_plan(document, fix), files)[document.path].partition("Entries\n\n")[2]
        for fix in problem.fixes
    }


STAMPS = st.sampled_from([
    "2025-06-05T03:00:00Z", "2025-06-05T12:00:00Z", "2025-06-06T03:00:00+02:00", "2025-06-07T03:00:00.5Z", "2025-06-05",
    "2025-06-05 09:00:00", "2025-06-05T20:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "250605030000", "",
])  # fmt: skip
TEXTS = st.sampled_from([
    "Session started: x", "Session paused", "Session resumed: y", "Session ended: z", "Read on.", "Context: cleared",
    "Context: pushed task `TASK-A-1`", "Context: popped task `TASK-A-1`", "Context: pushed sprint SPRINT-1",
])  # fmt: skip
FORMS = st.sampled_from(["- [{}] {}", "* **{} Maren:** {}", "{} - dev-api: {}", "## {} - {}", "- {} {}", "[{}] {}"])


@seed(6)
@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(FORMS, STAMPS, TEXTS), max_size=9),
    st.sampled_from(["🟢 Active", "⏸️ Paused", "🏁 Completed", "🔴 Error", "x"]),
    STAMPS, STAMPS, st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_whatever_a_log_says_the_cures_cure_it_and_no_clock_fails(
    entries: list[tuple[str, str, str]], status: str, start: str, end: str, newline: str
):
    text = log(*(form.format(stamp, said) for form, stamp, said in entries), status=status, start=start, end=end)
    files = {path: body.replace("\n", newline) for path, body in files_in(beside(text)).items()}
    path = f"{HOME}/{NAME}/session_log.md"
    mended = fixed(Document.read(path, files[path]), workspace_of(files), unsafe=True)
    files |= apply(mended, files)
    left = [problem for document, problem in problems_in(files) if FAMILY_OF[problem.code] == "clock"]
    assert all(not problem.fixes for problem in left)
    clock = standing(record_of(Document.read(path, files[path])))
    assert clock.active + clock.paused == clock.wall >= 0


# Idle


MORNING, NIGHT = "- [2025-06-05T04:00:00Z] Read on.", "- [2025-06-06T04:00:00Z] They can be picked."
END = "2025-06-06T05:00:00Z"


def test_a_night_without_a_pause_is_asked_for_and_can_be_kept_in_part():
    text = log(MORNING, NIGHT, end=END)
    message = "nothing was logged before this, for 24:00:00, and the session was not paused"
    assert problems(text, "idle-clock") == [message]
    pause, resume = "Session paused: nothing was logged", "- [2025-06-06T04:00:00Z] Session resumed"
    assert fixes(text, "idle-clock") == {
        "Make a pause of it": f"{MORNING}\n- [2025-06-05T04:00:00Z] {pause}\n{resume}\n{NIGHT}\n",
        "Keep 30 minutes of it, and make a pause of the rest": (
            f"{MORNING}\n- [2025-06-05T04:30:00Z] {pause}\n{resume}\n{NIGHT}\n"
        ),
    }


@pytest.mark.parametrize("between", ["- [2025-13-05T04:10:00Z] A month too many.", "- Without a time."])
def test_a_night_is_found_beside_an_entry_without_a_time_that_can_be_read(between: str):
    message = "nothing was logged before this, for 24:00:00, and the session was not paused"
    assert problems(log(MORNING, between, NIGHT, end=END), "idle-clock") == [message]


def test_each_cure_is_what_the_clock_counts_from_then_on():
    text = log(MORNING, NIGHT, end=END)
    files = files_in(text)
    document, problem = next(one for one in problems_in(files) if one[1].code == "idle-clock")
    counted = []
    for fix in problem.fixes:
        mended = Document.read(document.path, apply(fix_plan(document, fix), files)[document.path])
        clock = standing(record_of(mended))
        counted.append((duration(clock.active), duration(clock.paused)))
    assert counted == [("1:58:16", "24:00:00"), ("2:28:16", "23:30:00")]


@pytest.mark.parametrize(
    "entries",
    [
        (MORNING, "- [2025-06-05T07:59:59Z] Still here.", "- [2025-06-05T08:30:00Z] Done."),
        (MORNING, "- [2025-06-05T04:10:00Z] Session paused", "- [2025-06-06T03:59:00Z] Session resumed", NIGHT),
        (MORNING, "- [2025-06-05T04:10:00Z] Session ended: x", "- [2025-06-06T03:59:00Z] Session reopened", NIGHT),
        (MORNING, "- [2025-06-06T03:59:00Z] Session resumed", NIGHT),
        (MORNING, "- [2025-06-05 13:00:00] Somewhere else."),
        ("- [2025-06-05] Read on.", "- [2025-06-07] Done."),
        ("- Read on.", "- Done."),
        (),
    ],
)
def test_what_was_a_pause_or_is_not_known_is_not_idle(entries: tuple[str, ...]):
    last = "2025-06-05T09:00:00Z" if NIGHT not in entries else END
    assert problems(log(*entries, end=last if entries else "2025-06-05T03:30:00Z"), "idle-clock") == []


def test_the_time_up_to_the_end_is_meant_too_and_no_resume_follows_it():
    text = log(MORNING, end="2025-06-05T22:00:00Z")
    message = "nothing was logged behind this, for 18:00:00, until its end_time, and the session was not paused"
    assert problems(text, "idle-clock") == [message]
    assert fixes(text, "idle-clock")["Make a pause of it"] == (
        f"{MORNING}\n- [2025-06-05T04:00:00Z] Session paused: nothing was logged\n"
    )
    assert problems(log(MORNING, status="🟢 Active"), "idle-clock") == []


def test_the_setting_says_how_long_is_long():
    text = log(MORNING, "- [2025-06-05T05:30:00Z] Done.", end="2025-06-05T05:40:00Z")
    assert problems(text, "idle-clock", Settings(idle_minutes=90)) == []
    assert len(problems(text, "idle-clock", Settings(idle_minutes=89))) == 1
    assert len(problems(text, "idle-clock", Settings(idle_minutes=1))) == 2, "and from the last entry to the end"
    assert problems(log(MORNING, NIGHT, end=END), "idle-clock", Settings(idle_minutes=24 * 60)) == []


@pytest.mark.parametrize(
    ("entry", "cures"),
    [
        ("* **2025-06-06 04:00Z Maren:** Back 🥐", 2),
        ("## 2025-06-06T04:00:00Z - Back", 0),
        ("2025-06-06T04:00:00Z - Maren: Back", 0),
        ("[2025-06-06T04:00:00Z] Back", 0),
    ],
)
def test_an_entry_in_any_form_ends_a_gap_and_a_pause_is_put_only_into_a_list(entry: str, cures: int):
    text = log(MORNING, entry, end=END)
    assert len(problems(text, "idle-clock")) == 1
    assert len(fixes(text, "idle-clock")) == cures


def test_times_without_a_zone_are_compared_but_get_no_pause():
    text = log("- [2025-06-05 04:00:00] Read on.", "- [2025-06-06 04:00:00] Done.", start="2025-06-05 03:01:44")
    assert len(problems(text, "idle-clock")) == 1
    assert fixes(text, "idle-clock") == {}


def test_gaps_are_found_in_a_long_log_while_it_is_written():
    """Over several blocks of lines, at their edges too, and just as in a log that is read anew."""
    lines = [f"- [2025-06-{5 + n // 1440:02}T{n // 60 % 24:02}:{n % 60:02}:00Z] Step {n}" for n in range(400, 1400)]
    for hole in (100, 127, 128, 129, 500):
        cut = [*lines[:hole], *lines[hole + 300 :]]
        text = log(*cut, start="2025-06-05T06:40:00Z", end="2025-06-05T23:19:00Z")
        assert len(problems(text, "idle-clock")) == 1, hole
        document = Document.read(f"{HOME}/{NAME}/session_log.md", files_in(text)[f"{HOME}/{NAME}/session_log.md"])
        judge(document, NO_FILES)
        at = document.text.line_start(document.text.line_count - 1)
        document = document.edited(Span(at, at), "- [2025-06-06T23:20:00Z] The next day\r\n")
        found = [one for one in judge(document, NO_FILES) if one.code == "idle-clock"]
        assert found == [
            one for one in judge(Document.read(document.path, str(document.text)), NO_FILES) if one.code == "idle-clock"
        ]
        assert len(found) == 1, "behind the end nothing counts"


def test_windows_line_ends_stay():
    text = log(MORNING, NIGHT, end=END)
    files = {path: body.replace("\n", "\r\n") for path, body in files_in(text).items()}
    ((document, problem),) = [one for one in problems_in(files) if one[1].code == "idle-clock"]
    mended = apply(fix_plan(document, problem.fixes[0]), files)[document.path]
    assert mended.count("\n") == mended.count("\r\n") == files[document.path].count("\n") + 2


def test_who_was_at_work_all_the_time_allows_it():
    allowed = f"{NIGHT} <!-- mdtm: allow idle-clock: the oven had to be watched -->"
    assert codes_in(log(MORNING, allowed, end=END)) == []


# Dangling


def test_a_resume_needs_a_pause():
    resume = "- [2025-06-05T08:00:00Z] Session resumed: after lunch"
    text = log(MORNING, resume, status="🟢 Active")
    assert problems(text, "dangling-clock") == ["the session goes on here, but no entry says when it was paused"]
    assert fixes(text, "dangling-clock") == {
        "Pause it at the entry before": f"{MORNING}\n- [2025-06-05T04:00:00Z] Session paused: nothing was logged\n{resume}\n",
        "Pause it 30 minutes after the entry before": (
            f"{MORNING}\n- [2025-06-05T04:30:00Z] Session paused: nothing was logged\n{resume}\n"
        ),
    }
    assert problems(text, "idle-clock") == [], "one fault is told once"


@pytest.mark.parametrize(
    "entries",
    [
        ("- [2025-06-05T03:30:00Z] Session paused", "- [2025-06-05T08:00:00Z] Session resumed"),
        ("- [2025-06-05T03:30:00Z] Session ended: x", "- [2025-06-05T08:00:00Z] Session reopened"),
        ("- [2025-06-05T03:30:00Z] Session status changed to: Paused", "- [2025-06-05T08:00:00Z] Session resumed"),
        (MORNING, "- [2025-06-05T04:05:00Z] Session resumed"),
        (MORNING, "- [2025-06-05T05:05:00Z] Resumed the upload"),
        (MORNING, "- [2025-06-05T05:05:00Z] Session started"),
    ],
)
def test_what_goes_on_after_a_pause_or_at_once_is_no_fault(entries: tuple[str, ...]):
    assert problems(log(*entries, status="🟢 Active"), "dangling-clock") == []


def test_an_end_that_the_frontmatter_tells_closes_the_clock():
    text = log(MORNING, "- [2025-06-05T08:00:00Z] Session resumed", end="2025-06-05T05:00:00Z")
    assert problems(text, "dangling-clock") == []


def test_a_session_that_is_over_without_an_end_is_closed_at_its_last_entry_or_later():
    text = log(MORNING)
    files = files_in(text)
    found = [problem for _, problem in problems_in(files) if problem.code == "wrong-end-time"]
    assert [fix.title for problem in found for fix in problem.fixes] == [
        "Take the time of the last entry, 2025-06-05T04:00:00Z", "Take the time half an hour later, 2025-06-05T04:30:00Z",
    ]  # fmt: skip


# The stack


PUSH = "- [2025-06-05T03:10:00Z] `dev-api`: Context: pushed task `TASK-DEV-20250605-101500`"
POP = "- [2025-06-05T03:40:00Z] Context: popped task `TASK-DEV-20250605-101500`"


def test_what_was_pushed_is_cleared_before_the_end():
    sprint = "- [2025-06-05T03:05:00Z] Context: pushed sprint `SPRINT-1`"
    ended = "- [2025-06-05T04:30:00Z] Session ended: done"
    text = log(sprint, PUSH, MORNING, ended, end="2025-06-05T04:30:00Z")
    assert problems(text, "never-popped") == [
        "sprint SPRINT-1 was never popped, though the session is over",
        f"task {TASK} was never popped, though the session is over",
    ]
    cleared = "- [2025-06-05T04:30:00Z] Context: cleared"
    check_fix(text, log(sprint, PUSH, MORNING, cleared, ended, end="2025-06-05T04:30:00Z"), unsafe=True)
    assert problems(log(sprint, sprint, MORNING, ended, end="2025-06-05T04:30:00Z"), "never-popped") == [
        "sprint SPRINT-1 was never popped, though the session is over"
    ]


def test_without_an_entry_for_the_end_the_stack_is_cleared_at_the_end():
    text = log(PUSH, MORNING, end="2025-06-05T04:30:00Z")
    cleared = "- [2025-06-05T04:30:00Z] Context: cleared"
    check_fix(text, log(PUSH, MORNING, cleared, end="2025-06-05T04:30:00Z"), unsafe=True)


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ((PUSH, POP), "🏁 Completed"),
        ((PUSH, "- [2025-06-05T03:40:00Z] Context: cleared"), "🔴 Error"),
        ((PUSH,), "⏸️ Paused"),
        ((PUSH,), "🟢 Active"),
        (("- [2025-06-05T03:10:00Z] They pushed the button",), "🏁 Completed"),
    ],
)
def test_the_stack_of_a_session_that_goes_on_or_is_empty_is_no_fault(entries: tuple[str, ...], status: str):
    assert problems(log(*entries, status=status, end="2025-06-05T04:00:00Z"), "never-popped") == []


def test_the_stack_in_the_frontmatter_counts_too():
    stack = f'context = [{{type = "sprint", id = "SPRINT-1"}}, {{type = "task", id = "{TASK}"}}]\n'
    text = log(MORNING, end="2025-06-05T04:30:00Z", more=stack)
    assert problems(text, "never-popped") == [
        "the session is over, but sprint SPRINT-1 is still on its stack",
        f"the session is over, but task {TASK} is still on its stack",
    ]
    check_fix(text, log(MORNING, end="2025-06-05T04:30:00Z", more="context = []\n"), unsafe=True)
    odd = log(MORNING, end="2025-06-05T04:30:00Z", more='context = ["SPRINT-1", {type = "epic"}, 3]\n')
    assert problems(odd, "never-popped") == []


# Overlaps


OTHER = "SESSION-Prices-2506050401"


def beside(one: str, coordinator: str = "dev-api", start: str = "2025-06-05T04:01:00Z", *entries: str) -> str:
    """A session, and another one that began an hour later and took half an hour."""
    end = "2025-06-05T04:31:00Z"
    return one + log(*entries, name=OTHER, coordinator=coordinator, start=start, end=end)


LONG = log("- [2025-06-05T03:20:00Z] Read on.", "- [2025-06-05T05:00:00Z] Done.", end="2025-06-05T05:20:00Z")


def test_two_sessions_of_one_coordinator_at_a_time_are_told_in_the_first():
    text = beside(LONG)
    found = [(document.path, problem) for document, problem in problems_in(files_in(text))]
    assert [(path.split("/")[-2], problem.code, problem.message) for path, problem in found] == [
        (
            NAME, "overlapping-clock",
            f"{OTHER} of the same coordinator was at work at the same time, for 0:30:00 from 2025-06-05T04:01:00Z on",
        )
    ]  # fmt: skip
    assert fixes(text, "overlapping-clock")[f"Pause this session while {OTHER} was at work"] == (
        "- [2025-06-05T03:20:00Z] Read on.\n"
        f"- [2025-06-05T04:01:00Z] Session paused: {OTHER} takes over\n- [2025-06-05T04:31:00Z] Session resumed\n"
        "- [2025-06-05T05:00:00Z] Done.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        beside(LONG, "dev-web"),
        beside(LONG, ""),
        beside(log("- [2025-06-05T04:01:30Z] Session paused", end="2025-06-05T05:20:00Z")),
        beside(log("- [2025-06-05T04:00:00Z] Read on.", end="2025-06-05T04:01:30Z")),
        beside(log("- [2025-06-05T04:00:00Z] Read on.", status="🟢 Active")),
        beside(log("- [2025-06-05 03:20:00] Read on.", start="2025-06-05 03:01:44", end="2025-06-05 05:20:00")),
        beside(LONG, "dev-api", "2025-06-05 04:01:00"),
        LONG,
    ],
)
def test_sessions_of_others_and_such_as_cannot_be_compared_are_let_be(text: str):
    assert problems(text, "overlapping-clock") == []


def test_what_was_logged_in_both_is_told_without_a_cure():
    own = log("- [2025-06-05T04:20:00Z] In between.", end="2025-06-05T05:20:00Z")
    assert len(problems(beside(own), "overlapping-clock")) == 1
    assert fixes(beside(own), "overlapping-clock") == {}


def test_one_task_in_two_sessions_at_a_time_is_a_hint():
    pushed = f"Context: pushed task `{TASK}`"
    own = log(
        f"- [2025-06-05T03:10:00Z] {pushed}", "- [2025-06-05T05:00:00Z] Context: cleared", end="2025-06-05T05:20:00Z"
    )
    other = (f"- [2025-06-05T04:11:00Z] {pushed}", "- [2025-06-05T04:21:00Z] Context: cleared")
    text = beside(own, "dev-web", "2025-06-05T04:01:00Z", *other)
    ((_, problem),) = problems_in(files_in(text))
    assert (problem.code, problem.severity) == ("overlapping-clock", Severity.HINT)
    assert problem.message == (
        f"{OTHER} was at work on {TASK} at the same time, for 0:10:00 from 2025-06-05T04:11:00Z on"
    )


def test_of_two_that_began_together_one_is_told():
    one = LONG.replace(NAME, "SESSION-A-2506050301")
    two = LONG.replace(NAME, "SESSION-B-2506050301")
    assert len(problems(one + two, "overlapping-clock")) == 1


@pytest.mark.parametrize(
    ("home", "names"), [(".mdtm/sessions", ("SESSION-001", "SESSION-002")), (".workflow", ("WFS-b", "WFS-a"))]
)
def test_sessions_whose_names_tell_no_time_are_found_too(home: str, names: tuple[str, str]):
    files = {
        f"{home}/{name}/session_log.md": text for name, text in zip(names, files_in(beside(LONG)).values(), strict=True)
    }
    found = [problem.message.split()[0] for _, problem in problems_in(files) if problem.code == "overlapping-clock"]
    assert found == [names[1]]


def test_the_clocks_of_a_workspace_follow_its_files():
    files = files_in(beside(LONG))
    clocks = Clocks(Memory(files))
    assert clocks.record(f"{HOME}/{OTHER}") is not None
    assert clocks.renewed(Memory(files)) is clocks
    path = f"{HOME}/{OTHER}/session_log.md"
    changed = Memory({**files, path: files[path].replace("04:31:00Z", "04:41:00Z")})
    new = clocks.renewed(changed, path)
    record = new.record(f"{HOME}/{OTHER}")
    assert new is not clocks and record and record.end and record.end.when.minute == 41
    assert new.renewed(Memory({key: text for key, text in files.items() if key != path})) is not new


# Estimates


def task(keys: str, status: str = "🟢 Done") -> str:
    return (
        f'-- .ruru/tasks/FEATURE_Slots/{TASK}.md --\n+++\nid = "{TASK}"\ntitle = "Pick up slots"\nstatus = "{status}"\n'
        f'type = "🌟 Feature"\n{keys}\n+++\n'
    )


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            "estimated_hours = 8\nactual_hours = 10.1",
            "the task took 10.1 hours, 26.2 % more than the 8 of its estimate",
        ),
        ("estimated_hours = 8\nactual_hours = 10", None),
        ("estimated_hours = 8\nactual_hours = 2", None),
        (
            'estimated_effort = "3-4 hours"\nactual_hours = 6',
            "the task took 6 hours, 50 % more than the 4 of its estimate",
        ),
        ('estimated_effort = "M"\nactual_hours = 60', None),
        ("actual_hours = 60", None),
        ("estimated_hours = 0\nactual_hours = 60", None),
        ("estimated_hours = 8", None),
    ],
)
def test_only_a_task_that_took_much_longer_than_its_estimate_is_told(keys: str, message: str | None):
    assert problems(task(keys), "estimate-exceeded") == ([message] if message else [])
    assert problems(task(keys, "🔵 In Progress"), "estimate-exceeded") == []


def test_without_actual_hours_the_clock_of_all_sessions_counts():
    first = log(PUSH, POP.replace("03:40", "04:10"), end="2025-06-05T05:20:00Z")
    second = log(
        PUSH.replace("03:10", "07:10"),
        POP.replace("03:40", "07:55"),
        name=OTHER,
        start="2025-06-05T07:00:00Z",
        end="2025-06-05T08:00:00Z",
    )
    text = task("estimated_hours = 1") + first + second
    assert problems(text, "estimate-exceeded") == [
        "the task took 1.75 hours by the clock of its sessions, 75 % more than the 1 of its estimate"
    ]
    assert problems(task("estimated_hours = 1.5") + first + second, "estimate-exceeded") == []
