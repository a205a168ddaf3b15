"""What names what in a document."""

from __future__ import annotations

import itertools
import textwrap

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.features.names.meant import Thing, places_in
from mdtm.features.names.mentions import named_at, named_in, own_name
from mdtm.features.names.targets import target_of
from mdtm.files import Memory
from mdtm.text import Span
from mdtm.trace import Trace
from tests.checks import SESSION_FOLDER, SESSION_PATH, with_keys

TASK = "TASK-API-20250605-101500"
TASK_PATH = f".ruru/tasks/FEATURE_Slots/{TASK}.md"


def document(text: str, path: str = SESSION_PATH) -> Document:
    return Document.read(path, textwrap.dedent(text.lstrip("\n")))


def names(document: Document) -> list[str]:
    """What is named: the kind, the name, and the text where that is another one."""
    shown = []
    for named in named_in(document):
        written = document.text[named.span]
        more = (" (own)" if named.own else "") + (f" as {written}" if written != named.name else "")
        shown.append(f"{named.kind} {named.name}{more}")
    return shown


def in_body(text: str, path: str = SESSION_PATH) -> list[str]:
    return names(document(f'+++\ntitle = "Slots"\n+++\n\n{textwrap.dedent(text)}', path))


def test_the_keys_of_a_session_log_name_its_tasks_and_artifacts():
    log = document(
        with_keys(f"""
related_tasks = ["{TASK}"]
related_artifacts = ['artifacts/notes/NOTE-a-2506050310.md', "./artifacts/b.md:12", "https://example.org/c.md"]
source_summaries = [".ruru/sessions/SESS-20250604-100000/artifacts/d.md#end"]
context = [{{type = "sprint", id = "3"}}, {{type = "task", id = "fix it"}}, {{type = "project", id = "shop"}}]""")
    )
    assert names(log) == [
        "session SESSION-Pick_up_slots-2506050301 (own)",
        f"task {TASK}",
        "file artifacts/notes/NOTE-a-2506050310.md",
        "file ./artifacts/b.md",
        "file .ruru/sessions/SESS-20250604-100000/artifacts/d.md",
        "sprint SPRINT-3 as 3",
        "task fix it",
    ]


def test_the_keys_of_a_task_name_its_session_its_sprint_and_other_tasks():
    task = document(
        f"""
        +++
        id = "{TASK}"
        status = "🟡 To Do"
        type = "🌟 Feature"
        session_id = "SESSION-001"
        RooComSessionID = "SESSION-002"
        parent_task_id = ".ruru/tasks/TASK-BIG-1.md"
        depends_on = ["IMPL-1", ""]
        related_docs = ["docs/a b.md", "FEAT-12", "notes"]
        sprint = "SPRINT-1"
        coordinator = "TASK-CMD-7"  # after TASK-CMD-8
        +++
        """,
        TASK_PATH,
    )
    assert names(task) == [
        f"task {TASK} (own)", "session SESSION-001", "session SESSION-002", "file .ruru/tasks/TASK-BIG-1.md",
        "task IMPL-1", "file docs/a b.md", "task FEAT-12", "file notes", "sprint SPRINT-1", "task TASK-CMD-7",
        "task TASK-CMD-8",
    ]  # fmt: skip


def test_yaml_and_json_name_the_same_as_toml():
    yaml = document(f'---\nid: {TASK}\nstatus: "🟡 To Do"\ndepends_on:\n  - "TASK-A-1"\n  - IMPL-2\n---\n', TASK_PATH)
    assert names(yaml) == [f"task {TASK} (own)", "task TASK-A-1", "task IMPL-2"]
    json = document('{"id": "SESSION-001", "title": "a", "related_tasks": ["TASK-A-1"]}\n')
    assert names(json) == ["session SESSION-001 (own)", "task TASK-A-1"]
    state = document(
        '{"session_id": "WFS-slots", "note": "as in TASK-A-1"}', ".workflow/WFS-slots/workflow-session.json"
    )
    assert names(state) == ["session WFS-slots (own)", "task TASK-A-1"]


def test_a_value_that_is_not_finished_names_what_stands_there():
    assert names(document('+++\nid = "SESSION-001"\nrelated_tasks = ["TASK-A-1", "TASK-A-2\n+++\n')) == [
        "session SESSION-001 (own)", "task TASK-A-1", "task TASK-A-2",
    ]  # fmt: skip


def test_ids_are_found_in_prose_entries_and_code():
    assert in_body("""
        ## Log Entries

        - [2025-06-05T03:01:00Z] 🟢 TASK-A-1. Then `SPRINT-2`, (SESS-20250604-100000) and WFS-replace-it
        - Marker `.active-SESSION-001`, file TASK-A-1-slots.md

        ```
        mdtm task done BUG-7
        ```
    """) == [
        "task TASK-A-1", "sprint SPRINT-2", "session SESS-20250604-100000", "session WFS-replace-it",
        "session SESSION-001", "task TASK-A-1-slots", "task BUG-7",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["MY-TASK-A-1", "TASK-FORCE", "SESSION-[Goal]-YYMMDDHHMM", "XTASK-1", "a TASK-"])
def test_what_only_looks_like_an_id_names_nothing(text: str):
    assert in_body(text) == []


def test_paths_are_found_in_links_in_backticks_and_by_their_folders():
    assert in_body("""
        [a](docs/a.md#top) [b](<b c.md>) [c](c%20d.md "title") `docs/x.txt` `plan.md` `os.path` `dev-api`
        artifacts/notes/NOTE-a.md, .ruru/tasks/FEATURE_Slots/TASK-A-1.md:12 and https://example.org/a/b.md
        [web](https://example.org/x.md) [mail](mailto:a@b.c) [here](#here)

        [d]: ../d.md
    """) == [
        "file docs/a.md", "file b c.md", "file c d.md as c%20d.md", "file docs/x.txt", "file plan.md",
        "file artifacts/notes/NOTE-a.md", "file .ruru/tasks/FEATURE_Slots/TASK-A-1.md", "file ../d.md",
    ]  # fmt: skip


def test_a_file_that_is_named_alone_may_have_a_place_behind_it():
    assert in_body("See `plan.md:12`, `plan.md#goal`, `os.path:3` and `key:value`.") == ["file plan.md", "file plan.md"]


def test_a_path_counts_from_the_folder_of_its_file_or_of_the_session_or_from_the_root():
    note = document("See [a](a.md), `artifacts/notes/a.md` and `docs/b.md`.", f"{SESSION_FOLDER}/artifacts/notes/c.md")
    files = Memory({f"{SESSION_FOLDER}/artifacts/notes/a.md": "", "docs/b.md": ""})
    assert [target_of(named, files, None) for named in named_in(note)] == [
        f"{SESSION_FOLDER}/artifacts/notes/a.md", f"{SESSION_FOLDER}/artifacts/notes/a.md", "docs/b.md",
    ]  # fmt: skip


def test_ids_lead_to_the_files_that_have_them():
    files = Memory(
        {
            SESSION_PATH: "",
            ".workflow/WFS-a/workflow-session.json": "{}",
            TASK_PATH.replace(".md", "-slots.md"): f'+++\nid = "{TASK}"\nstatus = "🟡 To Do"\n+++\n',
            ".mdtm/sprints/SPRINT-1.md": '+++\nid = "SPRINT-1"\n+++\n',
        }
    )
    text = f"SESSION-Pick_up_slots-2506050301 WFS-a {TASK} {TASK}-slots SPRINT-1 TASK-A-1 SESSION-002 `gone.md`"
    found = [target_of(named, files, Trace(files)) for named in named_in(document(text, "docs/a.md"))]
    task = TASK_PATH.replace(".md", "-slots.md")
    assert found == [
        SESSION_PATH, ".workflow/WFS-a/workflow-session.json", task, task, ".mdtm/sprints/SPRINT-1.md", None, None, None,
    ]  # fmt: skip


def test_the_places_of_a_thing_are_found_by_its_name_and_by_its_path():
    log = document(
        with_keys('related_tasks = ["TASK-A-1"]\nrelated_artifacts = ["artifacts/a.md"]')
        + "See TASK-A-1, `artifacts/a.md`, Oven-7 and TASK-B-2.\n"
    )
    files = Memory({f"{SESSION_FOLDER}/artifacts/a.md": ""})
    things = [
        Thing("task", "TASK-A-1", ".ruru/tasks/A/TASK-A-1.md"), Thing("task", "Oven-7", ""),
        Thing("file", "", f"{SESSION_FOLDER}/artifacts/a.md"), Thing("sprint", "SPRINT-1", ""),
    ]  # fmt: skip
    assert [len(places_in(log, thing, files)) for thing in things] == [2, 1, 2, 0]


def test_what_is_named_is_found_at_its_first_and_behind_its_last_character():
    log = document(with_keys("tags = []") + "\n🟢 TASK-A-1 done\n")
    at = str(log.text).index("TASK-A-1")
    assert [bool(named_at(log, at + by)) for by in (-1, 0, 4, 8, 9)] == [False, True, True, True, False]
    own = own_name(log)
    assert own and named_at(log, own.span.start) == own
    assert named_at(log, len(log.text) + 5) is None
    assert named_at(document(""), 0) is None


def test_names_stay_in_their_places_when_the_text_is_edited():
    text = with_keys("tags = []") + "## Log Entries\n\n" + "- [2025-06-05T03:01:00Z] TASK-A-1\n" * 400
    log = document(text)
    assert len(named_in(log)) == 401
    at = text.index("## Log")
    edited = log.edited(log.text.line_span(log.text.line_at(at)), "🟢 TASK-B-1, see `a.md`")
    assert named_in(edited) == named_in(document(str(edited.text)))
    assert edited.text[named_in(edited)[-1].span] == "TASK-A-1"


PIECES = (
    "+++\n", "---\n", "{", "}", '"', "'", "[", "]", "](", ")", "<", ">", "`", "\n", "\r\n", "🟢", " ", "=", ":", "#", ",",
    'id = "', "related_tasks = [", "related_artifacts = [", "context = [{type = ", "session_id: ", "TASK-A-1", "SPRINT-2",
    "SESSION-Pick_up_slots-2506050301", "WFS-a", ".active-", ".md", "artifacts/notes/", "../", "/", ".ruru/tasks/", "%20",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(
    TEXTS,
    TEXTS,
    TEXTS,
    st.sampled_from([SESSION_PATH, TASK_PATH, "docs/a.md", ".workflow/WFS-a/workflow-session.json"]),
)
def test_whatever_stands_there_names_lie_apart_and_in_the_text(before: str, old: str, new: str, path: str):
    whole = Document.read(path, before + old + before)
    edited = whole.edited(Span(len(before), len(before) + len(old)), new)
    for one in (whole, edited):
        found = [named.span for named in named_in(one)]
        assert all(first.end <= second.start for first, second in itertools.pairwise(found))
        assert all(0 <= span.start < span.end <= len(one.text) for span in found)
        assert all(named_at(one, span.start) for span in found)
    assert named_in(edited) == named_in(Document.read(path, str(edited.text)))


NAMING = st.sampled_from([
    f"{TASK} ", "SPRINT-3 ", "`artifacts/notes/NOTE-a.md` ", "[a](notes/NOTE-a.md#b) ", "sprint 3 ", f"{SESSION_FOLDER}/ ",
    "\n", "\r\n", "🟢", "- [2025-06-05T10:02:00Z] x\n", "```\n", "+++\n", f'related_tasks = ["{TASK}"]\n', "fix-7 ",
])  # fmt: skip
THINGS = (
    Thing("task", TASK, TASK_PATH),
    Thing("task", "fix-7", ".ruru/tasks/FEATURE_Slots/fix-7.md"),
    Thing("sprint", "SPRINT-3", ".ruru/sprints/SPRINT-3.md"),
    Thing("session", SESSION_FOLDER.rpartition("/")[2], SESSION_PATH),
    Thing("file", "", f"{SESSION_FOLDER}/artifacts/notes/NOTE-a.md"),
)


@seed(7)
@settings(max_examples=100, deadline=None)
@given(st.lists(NAMING, max_size=10), st.data())
def test_what_is_named_is_the_same_after_an_edit_as_when_read_anew(new: list[str], data: st.DataObject):
    line = f"- [2025-06-05T10:02:00Z] 🟢 {TASK} in `artifacts/notes/NOTE-a.md`, fix-7 of SPRINT-3\n"
    long = with_keys(f'related_tasks = ["{TASK}"]\nsprint = "3"') + "\n## Log Entries\n\n" + line * 300
    files = Memory({thing.path: "" for thing in THINGS})
    read = Document.read(SESSION_PATH, long)
    for thing in THINGS:
        places_in(read, thing, files)
    start = data.draw(st.integers(0, len(long)))
    end = data.draw(st.integers(start, min(len(long), start + 200)))
    edited = read.edited(Span(start, end), "".join(new))
    anew = Document.read(SESSION_PATH, str(edited.text))
    assert named_in(edited) == named_in(anew)
    for thing in THINGS:
        found = places_in(edited, thing, files)
        assert found == places_in(anew, thing, files)
        ours = [named for named in named_in(anew) if named.kind == thing.kind != "file" and named.name == thing.id]
        assert {named.span for named in found} >= {named.span for named in ours}
        assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
