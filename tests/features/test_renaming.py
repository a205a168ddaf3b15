"""Other names: what changes with them, and what does not."""

from __future__ import annotations

import itertools
import re
import shlex
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdtm.document import Document
from mdtm.features.changes import changes_in
from mdtm.features.deleting import Gone, may_name, taken_off
from mdtm.features.names.meant import leads_to, thing_at
from mdtm.features.names.mentions import named_in
from mdtm.features.names.renaming import Renaming
from mdtm.features.renaming import held, moving, path_renamed, renamed
from mdtm.files import Memory
from mdtm.plan import Move, Refused, apply
from mdtm.trace import Trace
from tests.checks import files_in, problems_in
from tests.doing import Desk

SESSION, TASK, OTHER = "SESSION-Slots-2506050301", "TASK-API-20250605-101500", "TASK-API-20250605-111500"
HOME = ".ruru/sessions"
LOG = f"{HOME}/{SESSION}/session_log.md"
NOTE = f"{HOME}/{SESSION}/artifacts/notes/NOTE-rules-2506050310.md"
TASK_FILE = f".ruru/tasks/FEATURE_Slots/{TASK}.md"
WORKSPACE = f"""-- {LOG} --
+++
id = "{SESSION}"
title = "Slots"
status = "🟢 Active"
start_time = "2025-06-05T03:01:00Z"
end_time = ""
coordinator = "dev-api"
related_tasks = ["{TASK}", '{OTHER}']
related_artifacts = ["artifacts/notes/NOTE-rules-2506050310.md"] # of {SESSION}
tags = []
context = [{{type = "sprint", id = "SPRINT-1"}}, {{type = "task", id = "{TASK}"}}]
+++

# Session log: 🟢 {SESSION}

## Log Entries

- [2025-06-05T03:01:00Z] `dev-api`: Session started
- [2025-06-05T03:10:00Z] `dev-api`: Created `artifacts/notes/NOTE-rules-2506050310.md` for {TASK}, not for X{TASK}
- [2025-06-05T03:12:00Z] `dev-api`: See [the task](../../tasks/FEATURE_Slots/{TASK}.md#goal), [here](./artifacts/notes/NOTE-rules-2506050310.md)
- [2025-06-05T03:13:00Z] `dev-api`: `.ruru/tasks/FEATURE_Slots/{TASK}.md:12`, `.active-{SESSION}`, {SESSION}.
-- {NOTE} --
+++
id = "NOTE-1"
session_id = "{SESSION}"
type = "note"
related_task_id = "{TASK}"
+++

# Rules

See [the log](../../session_log.md) and {HOME}/{SESSION}/session_log.md.
-- {HOME}/.active-{SESSION} --
-- {TASK_FILE} --
+++
id = "{TASK}"
title = "Pick up slots"
status = "🔵 In Progress"
type = "🌟 Feature"
session_id = "{SESSION}"
sprint = "1"
output_artifacts = ["{NOTE}"]
+++
-- .ruru/tasks/FEATURE_Slots/{OTHER}-test.md --
+++
id = "{OTHER}"
title = "Test the slots"
status = "🟡 To Do"
type = "🧪 Test"
session_id = "{SESSION}"
depends_on = ["{TASK}"]
+++

After {TASK}, {OTHER}-test
-- .ruru/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "One"
status = "🔵 In Progress"
tasks = ["{TASK}"]
+++

SPRINT-10 is another one than SPRINT-1.
-- docs/a b.md --
[task](<../{TASK_FILE}>) and [note](../.ruru/sessions/{SESSION}/artifacts/notes/NOTE-rules-2506050310.md)
"""


def files() -> dict[str, str]:
    return files_in(textwrap.dedent(WORKSPACE))


def carried_out(texts: dict[str, str], renaming: Renaming, moved_by_us: bool = True) -> dict[str, str]:
    """The files with other names; those that an editor moves are moved too."""
    memory, wanted = Memory(texts), renaming.wanting()
    found = [Document.read(path, text) for path, text in texts.items() if wanted(path, text)]
    steps = [step for document in found for step in changes_in(document, renaming, memory)]
    return apply((*steps, *renaming.carried, *(renaming.moves if moved_by_us else ())), texts)


def rename(texts: dict[str, str], path: str, word: str, new: str, nth: int = 0) -> dict[str, str]:
    """The files when what stands at the `nth` place of a word in a file gets another name."""
    memory = Memory(texts)
    trace, document, at = Trace(memory), Document.read(path, texts[path]), -1
    for _ in range(nth + 1):
        at = texts[path].index(word, at + 1)
    found = thing_at(document, at, memory, trace)
    assert found, f"nothing is named at {word}"
    named, thing = found
    if named.kind != "file":
        return carried_out(texts, renamed(thing, new, memory, trace))
    return carried_out(texts, path_renamed(named, thing, leads_to(named, memory), new, memory, trace))


def move(texts: dict[str, str], *moves: tuple[str, str]) -> dict[str, str]:
    memory = Memory(texts)
    return carried_out(texts, moving((Move(*one) for one in moves), memory, Trace(memory)))


def replaced(texts: dict[str, str], *pairs: tuple[str, str]) -> dict[str, str]:
    """The files with some words replaced everywhere, in their paths too."""
    for old, new in pairs:
        texts = {path.replace(old, new): text.replace(old, new) for path, text in texts.items()}
    return texts


def codes(texts: dict[str, str]) -> list[str]:
    return sorted(problem.code for _, problem in problems_in({p: t for p, t in texts.items() if "." in p[-6:]}))


def test_a_session_gets_another_id_in_all_files_with_its_folder_and_its_marker():
    new = "SESSION-Pick_up-2506050301"
    for path, nth in ((LOG, 0), (LOG, 1), (TASK_FILE, 0)):
        assert rename(files(), path, SESSION, new, nth) == replaced(files(), (SESSION, new))


def test_a_task_gets_another_id_with_its_file():
    new = "TASK-SLOT-1"
    wanted = replaced(files(), (TASK, new), (f"X{new}", f"X{TASK}"))
    assert rename(files(), LOG, TASK, new) == wanted
    assert rename(files(), LOG, TASK, new, 2) == wanted
    assert rename(files(), TASK_FILE, TASK, f" {new} ") == wanted


def test_the_words_behind_the_id_in_the_name_of_a_file_stay():
    assert rename(files(), LOG, OTHER, "TASK-SLOT-2") == replaced(files(), (OTHER, "TASK-SLOT-2"))


def test_a_sprint_gets_another_number():
    changed = rename(files(), LOG, "SPRINT-1", "2")
    assert changed[TASK_FILE] == files()[TASK_FILE].replace('sprint = "1"', 'sprint = "2"')
    sprint = changed[".ruru/sprints/SPRINT-2.md"]
    assert 'id = "SPRINT-2"' in sprint and "SPRINT-10 is another one than SPRINT-2." in sprint
    assert '{type = "sprint", id = "SPRINT-2"}' in changed[LOG]


def test_a_path_in_a_text_gets_another_name_wherever_it_is_written():
    new = "artifacts/notes/NOTE-slots-2506050310.md"
    wanted = replaced(files(), ("NOTE-rules-2506050310.md", "NOTE-slots-2506050310.md"))
    assert rename(files(), LOG, "artifacts/notes", new) == wanted
    assert rename(files(), LOG, "artifacts/notes", new, 1) == wanted
    assert rename(files(), TASK_FILE, f".ruru/sessions/{SESSION}/art", f".ruru/sessions/{SESSION}/{new}") == wanted


def test_a_path_to_a_task_takes_the_id_with_it_and_a_path_to_a_session_its_folder():
    link = f"../../tasks/FEATURE_Slots/{TASK}.md"
    changed = rename(files(), LOG, link, link.replace(TASK, "TASK-SLOT-1"))
    assert changed == rename(files(), LOG, TASK, "TASK-SLOT-1")
    new = "SESSION-Pick_up-2506050301"
    changed = rename(files(), NOTE, f"{HOME}/{SESSION}", f"{HOME}/{new}/session_log.md")
    assert changed == replaced(files(), (SESSION, new))


def test_links_count_from_where_their_file_is_moved_to():
    changed = move(files(), (TASK_FILE, f".ruru/tasks/{TASK}.md"), ("docs/a b.md", "b.md"))
    assert f"[the task](../../tasks/{TASK}.md#goal)" in changed[LOG]
    assert f"`.ruru/tasks/{TASK}.md:12`" in changed[LOG]
    assert changed["b.md"] == (
        f"[task](<.ruru/tasks/{TASK}.md>) and "
        f"[note](.ruru/sessions/{SESSION}/artifacts/notes/NOTE-rules-2506050310.md)\n"
    )
    assert move(changed, (f".ruru/tasks/{TASK}.md", TASK_FILE), ("b.md", "docs/a b.md")) == files()


def test_a_name_with_a_space_is_a_whole_link_still():
    changed = move(files(), (NOTE, NOTE.replace("NOTE-rules-2506050310", "the rules (2)")))
    assert "[here](./artifacts/notes/the%20rules%20%282%29.md)" in changed[LOG]
    assert '"artifacts/notes/the rules (2).md"' in changed[LOG]


def test_a_session_that_is_moved_to_another_home_is_followed():
    changed = move(files(), (f"{HOME}/{SESSION}", f".mdtm/sessions/{SESSION}"))
    assert f'output_artifacts = [".mdtm/sessions/{SESSION}/artifacts' in changed[TASK_FILE]
    assert (
        f"[the task](../../../.ruru/tasks/FEATURE_Slots/{TASK}.md#goal)"
        in changed[f".mdtm/sessions/{SESSION}/session_log.md"]
    )
    assert f".mdtm/sessions/.active-{SESSION}" in changed
    assert f"[the log](../../session_log.md) and .mdtm/sessions/{SESSION}" in changed[NOTE.replace(".ruru", ".mdtm")]


def test_a_file_that_is_renamed_in_the_explorer_takes_its_id_with_it():
    changed = move(files(), (TASK_FILE, TASK_FILE.replace(TASK, "TASK-SLOT-1")))
    assert changed == rename(files(), LOG, TASK, "TASK-SLOT-1")
    new = "SESSION-Pick_up-2506050301"
    assert move(files(), (f"{HOME}/{SESSION}", f"{HOME}/{new}")) == replaced(files(), (SESSION, new))
    suffixed = f".ruru/tasks/FEATURE_Slots/{OTHER}"
    assert f'id = "{OTHER}"' in move(files(), (f"{suffixed}-test.md", f"{suffixed}-check.md"))[f"{suffixed}-check.md"]


def test_a_name_that_is_no_id_changes_the_paths_alone():
    changed = move(files(), (TASK_FILE, ".ruru/tasks/FEATURE_Slots/later.md"))
    assert f'id = "{TASK}"' in changed[".ruru/tasks/FEATURE_Slots/later.md"]
    assert "[the task](../../tasks/FEATURE_Slots/later.md#goal)" in changed[LOG]


def test_when_the_editor_asks_again_for_what_has_changed_already_nothing_is_left_to_do():
    memory = Memory(files())
    renaming = moving([Move(TASK_FILE, TASK_FILE.replace(TASK, "TASK-SLOT-1"))], memory, Trace(memory))
    once = carried_out(files(), renaming, moved_by_us=False)
    again = Memory(once)
    renaming = moving(renaming.moves, again, Trace(again))
    assert carried_out(once, renaming, moved_by_us=False) == once


@pytest.mark.parametrize(
    ("word", "new", "message"),
    [
        (SESSION, "", "a session must have an id, so that others can name it"),
        (SESSION, "SESSION-a/b-1", '"SESSION-a/b-1" cannot be the id of a session: letters, digits, "-", "_" and "." can stand in it'),
        (SESSION, "../x-1", '"../x-1" cannot be the id of a session: letters, digits, "-", "_" and "." can stand in it'),
        (SESSION, "Slots", '"Slots" cannot be the id of a session: nobody would know it for one; let it begin with SESSION-, and have a digit'),
        (TASK, OTHER, f"there is a task {OTHER} already; an id can be had once"),
        (TASK, "TASK-FORCE", '"TASK-FORCE" cannot be the id of a task: nobody would know it for one; let it begin with TASK-, and have a digit'),
        ("SPRINT-1", "next", '"next" cannot be the id of a sprint: nobody would know it for one; give a number, or let it begin with SPRINT-, and have a digit'),
        ("artifacts/notes", "", "a path must name a file; to take it out, remove the text"),
        ("artifacts/notes", "../../../../a.md", "../../../../a.md leads out of the workspace"),
        ("artifacts/notes", "artifacts/a?.md", '"artifacts/a?.md" cannot be the path of a file on every system'),
        ("artifacts/notes", "session_log.md", f"{LOG} is there already"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_with_the_reason(word: str, new: str, message: str):
    with pytest.raises(Refused) as refused:
        rename(files(), LOG, word, new)
    assert str(refused.value) == message


def test_an_id_that_several_tasks_have_is_not_renamed():
    texts = files()
    texts[".ruru/tasks/OLD/again.md"] = texts[TASK_FILE]
    with pytest.raises(Refused, match=f"several tasks have the id {TASK}: "):
        rename(texts, LOG, TASK, "TASK-SLOT-1")


def test_the_texts_that_a_proposed_edit_keeps_stay_as_they_are():
    proposal = f"{HOME}/{SESSION}/artifacts/proposed_edit_a.md"
    text = f'+++\ntype = "proposed_edit"\ntarget = "{TASK_FILE}"\n+++\n\n{TASK}\n\n## Proposed text\n\n```md\n{TASK}\n```\n'
    changed = rename(files() | {proposal: text}, LOG, TASK, "TASK-SLOT-1")[proposal]
    assert changed == text.replace(TASK, "TASK-SLOT-1", 2)


def test_an_edit_that_waits_for_approval_can_be_approved_with_the_new_names():
    desk = Desk(files())
    text = files()[TASK_FILE].replace("Pick up slots", f"🟢 Slots of {TASK}, see {SESSION}")
    desk.do(f"proposal create {TASK_FILE} --text {shlex.quote(text)}")
    before = dict(desk.files.texts)
    there = rename(before, LOG, TASK, "TASK-SLOT-1")
    assert codes(there) == codes(before)
    assert rename(there, LOG, "TASK-SLOT-1", TASK) == before
    desk.files = Memory(there)
    desk.do("proposal approve")
    assert desk.text(TASK_FILE.replace(TASK, "TASK-SLOT-1")) == text.replace(TASK, "TASK-SLOT-1")


def test_json_and_yaml_and_settings_follow():
    texts = {
        ".workflow/WFS-a/workflow-session.json": '{"session_id": "WFS-a", "status": "active"}\n',
        ".workflow/.active-WFS-a": "",
        ".mdtm.toml": '[[allow]]\npath = ".workflow/WFS-a/**"\nrules = ["all"]\nreason = "old"\n',
        "a.md": '---\nrelated_docs: [.workflow/WFS-a/a.md]\nid: x\n---\n\n`other/WFS-a/x.md`\n',
    }  # fmt: skip
    path = ".workflow/WFS-a/workflow-session.json"
    assert rename(texts, path, "WFS-a", "WFS-b") == replaced(texts, ("WFS-a", "WFS-b"))


def test_what_is_deleted_is_taken_off_the_lists_and_stays_in_the_story():
    texts = files()
    memory = Memory(texts)
    trace = Trace(memory)
    gone = [Gone(path, held(path, memory, trace)) for path in (NOTE, TASK_FILE)]
    documents = [Document.read(path, text) for path, text in texts.items() if may_name(text, gone)]
    changed = apply(tuple(step for one in documents for step in taken_off(one, gone, memory)), texts)
    assert changed[LOG] == texts[LOG].replace(f"\"{TASK}\", '{OTHER}'", f"'{OTHER}'").replace(
        '["artifacts/notes/NOTE-rules-2506050310.md"]', "[]"
    )
    assert changed[TASK_FILE] == texts[TASK_FILE]
    assert "depends_on = []" in changed[f".ruru/tasks/FEATURE_Slots/{OTHER}-test.md"]
    assert "tasks = []" in changed[".ruru/sprints/SPRINT-1.md"]


def example() -> dict[str, str]:
    """The workspace of the examples."""
    root = Path(__file__).parents[2] / "examples" / "workspace"
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in found}


def another(old: str) -> str:
    """Another id of the same form, with the same time in it; or another name for a file."""
    if old.endswith(".md"):
        return f"{old[:-3]}-x.md"
    if re.fullmatch(r"SPRINT-\d|SESSION-\d{3}", old):
        return re.sub(r"\d", "7", old)
    with_words = re.fullmatch(r"(SESSION|TASK)-[A-Z]\w*(-.*)", old)
    return f"{with_words[1]}-OTHER{with_words[2]}" if with_words else f"{old}-2"


def every_rename(texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Each id and path of some files once: the file, the text, and another name for it."""
    memory = Memory(texts)
    trace, found = Trace(memory), dict[tuple[str, str], tuple[str, str, str]]()
    for path, text in texts.items():
        document = Document.read(path, text)
        for named in named_in(document):
            thing = thing_at(document, named.span.start, memory, trace)
            if thing and thing[1].path:
                old = document.text[named.span]
                key = named.kind, leads_to(named, memory) if named.kind == "file" else named.name
                found.setdefault(key, (path, old, another(old)))
    return list(found.values())


@pytest.mark.parametrize(("path", "old", "new"), [*every_rename(example())])
def test_in_the_example_a_name_and_back_gives_the_same_bytes_and_the_same_findings(path: str, old: str, new: str):
    texts = example()
    there = rename(texts, path, old, new)
    assert there != texts
    assert codes(there) == codes(texts)
    now = path if path in there else next(one for one in there if new.rpartition("/")[2] in one and one not in texts)
    if old.endswith(".md"):
        now = path if path in there else now
        assert rename(there, now, new, old) == texts
    else:
        word = next(one for one in there if new in there[one])
        assert rename(there, word, new, old) == texts


PARTS = (
    f"{TASK}", f"`{TASK}`", f"[t](../../tasks/FEATURE_Slots/{TASK}.md)", f"{SESSION}", "🟢", "\n", "\r\n", "+++",
    f"{TASK}-more", f"X{TASK}", '"', "](", "`", "<", ">", ".ruru/", f"{HOME}/{SESSION}/session_log.md", "SPRINT-1",
    "artifacts/notes/NOTE-rules-2506050310.md", "./", "../", " ", "#", ":1", 'id = "', "%20",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=20), st.sampled_from([TASK, SESSION]))
def test_whatever_stands_in_a_file_it_is_the_same_after_a_name_and_back(parts: list[str], old: str):
    texts = files() | {f"{HOME}/{SESSION}/artifacts/any.md": "".join(parts)}
    new = old.replace("Slots", "Other").replace("API", "OTHER")
    there = rename(texts, LOG, old, new)
    log = LOG.replace(old, new)
    assert rename(there, log, new, old) == texts
    untouched = (texts[path].replace(old, "").replace(new, "") for path in texts)
    assert sorted(untouched) == sorted(text.replace(old, "").replace(new, "") for text in there.values())


def test_no_two_names_of_the_examples_are_taken_for_one():
    names = every_rename(example())
    assert len(names) > 50
    assert all(one != other for one, other in itertools.combinations(names, 2))
