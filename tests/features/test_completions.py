"""What is offered to somebody who writes: `<|>` is the cursor."""

from __future__ import annotations

import random
import re

import pytest

from mdtm.document import Document
from mdtm.events import KINDS, kind_of
from mdtm.features.completions import MOST, Offer, Surroundings, fits, offers
from mdtm.features.names.uses import Uses
from mdtm.features.shape.entry_forms import FORMS, pieces_of
from mdtm.files import Memory
from mdtm.text import Span
from mdtm.trace import Trace
from tests.broken import LOG_KEYS
from tests.checks import NOW, SESSION_FOLDER, SESSION_PATH, files_in
from tests.test_layout import TASK

OLD, NEW = "TASK-DEV-20250605-101500", "TASK-DEV-20250606-101500"
WORKSPACE = f"""
-- .ruru/tasks/FEATURE_Slots/{OLD}.md --
+++
id = "{OLD}"
title = "Overlaps"
status = "🟢 Done"
type = "🌟 Feature"
tags = ["slots", "shop"]
assigned_to = "dev-api"
due_date = "2025-06-30"
+++
-- .ruru/tasks/FEATURE_Slots/{NEW}.md --
+++
id = "{NEW}"
title = "Days off"
status = "🟣 Review"
type = "🌟 Feature"
session_id = "SESSION-Pick_up_slots-2506050301"
tags = ["slots"]
assigned_to = "dev-api"
test_framework = "pytest"
+++
-- .ruru/sprints/SPRINT-1.md --
+++
id = "SPRINT-1"
title = "June"
status = "🔵 In Progress"
+++
-- {SESSION_PATH} --
+++
id = "SESSION-Pick_up_slots-2506050301"
title = "Pick up slots"
status = "🟢 Active"
coordinator = "prime"
related_artifacts = ["artifacts/notes/NOTE-a-2506050310.md"]
+++
-- {SESSION_FOLDER}/artifacts/notes/NOTE-a-2506050310.md --
# A
-- {SESSION_FOLDER}/artifacts/notes/NOTE-b-2506050311.md --
# B
-- {SESSION_FOLDER}/artifacts/notes/README.md --
-- .ruru/sessions/SESSION-Other-2506060301/session_log.md --
+++
id = "SESSION-Other-2506060301"
title = "Other"
status = "⏸️ Paused"
+++
-- docs/guide (1).md --
-- docs/spec/slots.md --
-- .git/config --
"""


def around(files: dict[str, str] | None = None) -> Surroundings:
    memory = Memory(files_in(WORKSPACE) if files is None else files)
    uses = Uses()
    for _ in uses.renewing(memory, frozenset()):
        pass
    return Surroundings(memory, Trace(memory), uses, NOW, "me")


def found(
    marked: str, path: str = SESSION_PATH, world: Surroundings | None = None
) -> tuple[Document, int, list[Offer]]:
    offset = marked.index("<|>")
    document = Document.read(path, marked.replace("<|>", "", 1))
    given = offers(document, offset, world or around())
    line = document.text.line_span(document.text.line_at(offset))
    for offer in given:
        start, end = offer.edit.span
        assert line.start <= start <= offset <= end <= line.end, "an edit stays on the line, around the cursor"
        begun = document.text[Span(start, offset)]
        assert begun[:1] not in ("'", '"', "`") or offer.filter.startswith(begun[0]), "a client lets it pass"
    return document, offset, given


def labels(marked: str, path: str = SESSION_PATH, world: Surroundings | None = None) -> list[str]:
    return [offer.label for offer in found(marked, path, world)[2]]


def after(marked: str, label: str, path: str = SESSION_PATH) -> str:
    """The text when an offer is taken."""
    document, _, given = found(marked, path)
    ((start, end), new) = next(offer.edit for offer in given if offer.label == label)
    text = str(document.text)
    return text[:start] + new + text[end:]


def log(lines: str) -> str:
    return f"+++\n{lines}\n+++\n\n# Slots\n"


# keys


def test_keys_that_are_missing_are_offered_the_required_ones_first():
    assert labels(log('id = "a"\n<|>\ntitle = "b"')) == [
        "status", "start_time", "coordinator", "related_artifacts", "end_time", "related_tasks", "tags",
        "source_summaries", "session_type", "source", "context",
    ]  # fmt: skip


def test_a_file_without_frontmatter_gets_all_of_it_that_is_needed():
    for begun in ("", "+", "++"):
        _, _, (one,) = found(f"{begun}<|>")
        assert one.label == "frontmatter" and fits(begun, one.filter)
        assert one.edit.new.startswith('+++\nid = "SESSION-Pick_up_slots-2506050301"\ntitle = ""\nstatus = ""\n')
        assert one.edit.new.endswith('\ncoordinator = "me"\n+++\n')
        assert 'title = "$2"\nstatus = ${3|"🟢 Active"' in one.snippet and one.snippet.endswith("\n+++\n$0")
    assert labels("<|># Slots\n") == ["frontmatter"] and labels("+<|> Slots\n") == labels("# Slots\n<|>\n") == []
    assert labels("<|>", "README.md") == labels("<|>+++\n+++\n") == []


def test_a_level_of_the_context_is_not_given_the_id_of_the_session():
    (one,) = (offer for offer in found(log("context = [{<|>}]"))[2] if offer.label == "id")
    assert one.edit.new == 'id = ""'


def test_a_key_that_stands_under_an_older_name_is_not_missing():
    assert not {"id", "coordinator"} & set(labels(log('session_id = "a"\nmode = "b"\n<|>')))


def test_of_two_names_for_the_parent_only_one_is_missing():
    task = '+++\nid = "a"\ntype = "x"\nstatus = "y"\ntitle = "z"\n<|>\n+++\n'
    assert {"parent_task", "parent_task_id"} <= set(labels(task, TASK))
    assert "parent_task" not in labels(task.replace("<|>", 'parent_task_id = ""\n<|>'), TASK)


def test_keys_that_others_of_the_kind_use_come_before_the_others():
    task = '+++\nid = "a"\ntitle = "b"\nstatus = "🟡 To Do"\ntype = "x"\n<|>\n+++\n'
    assert labels(task, TASK)[:3] == ["assigned_to", "tags", "due_date"]


@pytest.mark.parametrize(
    ("begun", "key", "written"),
    [
        ("sta<|>", "status", 'status = ""'),
        ("<|>", "start_time", 'start_time = "2025-06-10T00:00:00Z"'),
        ("<|>", "end_time", 'end_time = ""'),
        ("rel<|>", "related_tasks", "related_tasks = []"),
        ("i<|>", "id", 'id = "SESSION-Pick_up_slots-2506050301"'),
        ("c<|>", "coordinator", 'coordinator = "me"'),
        ("tit<|>le = 'a'", "title", "title = 'a'"),
    ],
)
def test_a_key_comes_with_what_its_value_looks_like(begun: str, key: str, written: str):
    assert after(log(begun), key) == log(written)


def test_a_snippet_has_the_settled_values_to_choose_from():
    (status,) = (one for one in found(log("<|>"))[2] if one.label == "status")
    assert status.snippet == 'status = ${1|"🟢 Active","⏸️ Paused","🏁 Completed","🔴 Error"|}'
    (tags,) = (one for one in found(log("<|>"))[2] if one.label == "tags")
    assert tags.snippet == "tags = [$1]"


def test_keys_are_offered_behind_an_array_that_was_never_closed():
    assert "tags" in labels(log("related_tasks = [\nta<|>"))
    assert "title" in labels(log('related_tasks = [\n  "TASK-1",\n<|>\nstatus = "x"'))


def test_keys_are_offered_before_there_is_an_end_of_the_frontmatter():
    assert labels("+++\nsta<|>")[0] == "id"
    assert "tags" in labels('+++\nid = "a"\n<|>\n\n# Slots\n')
    assert labels('+++\nid = "a"\n\n# Slo<|>ts\n') == []


def test_the_levels_of_a_context_have_keys_of_their_own():
    assert labels(log("context = [{<|>")) == ["type", "id", "pushed_at"]
    assert labels(log('context = [{type = "task", i<|>}]')) == ["id", "pushed_at"]


def test_a_setting_that_is_a_table_has_its_brackets_and_each_rule_its_meaning_and_levels():
    path = ".mdtm.toml"
    assert after("ru<|>\n", "rules", path) == "rules = {}\n"
    assert {offer.label: offer.snippet for offer in found("<|>\n", path)[2]}["allow"] == "allow = [{$1}]"
    (one,) = (offer for offer in found("[rules]\n<|>\n", path)[2] if offer.label == "bad-time")
    assert one.detail.startswith("A time") and one.snippet == (
        'bad-time = ${1|"off","hint","information","warning","error"|}'
    )
    assert labels("rules = {<|>}\n", path)[:1] == labels("[rules]\n<|>\n", path)[:1]
    assert labels('inlay_hints_off = ["days", "<|>"]\n', path) == ["elapsed", "total"]


def test_a_day_is_offered_where_a_day_is_meant():
    sprint = '+++\nid = "SPRINT-1"\ntitle = "a"\nstatus = "b"\n<|>\n+++\n'
    path = ".ruru/sprints/SPRINT-1.md"
    assert labels(sprint.replace("<|>", 'end_date = "<|>"'), path)[0] == "2025-06-10"
    assert 'start_date = "2025-06-10"' in after(sprint, "start_date", path)


def test_settings_have_their_keys_and_values():
    path = ".mdtm.toml"
    assert "dialect" in labels("<|>\n", path)
    assert "unknown-status" in labels("[rules]\nunk<|>\n", path)
    assert labels('[rules]\nunknown-status = "<|>\n', path) == ["off", "hint", "information", "warning", "error"]
    assert "ruru-v7" in labels('dialect = "<|>"\n', path)


@pytest.mark.parametrize(
    "marked",
    ["# comm<|>ent", 'title = """\nsta<|>\n"""', "[tab<|>le]", 'status = "a" <|>', 'status = "a"<|>', '<|>title = "a"'],
)
def test_where_nothing_can_be_begun_nothing_is_offered(marked: str):
    assert labels(log(marked)) == []


# values


@pytest.mark.parametrize(
    ("begun", "written"),
    [
        ('status = "<|>', 'status = "⏸️ Paused"'),
        ('status = "🟢 A<|>', 'status = "⏸️ Paused"'),
        ('status = "🟢 A<|>ctive" # why', 'status = "⏸️ Paused" # why'),
        ("status = <|>", 'status = "⏸️ Paused"'),
        ("status =<|>", 'status = "⏸️ Paused"'),
        ("status = pau<|>", 'status = "⏸️ Paused"'),
        ("status = '<|>'", "status = '⏸️ Paused'"),
        ('status = "<|>  # why', 'status = "⏸️ Paused"  # why'),
    ],
)
def test_a_value_takes_the_place_of_just_what_was_begun(begun: str, written: str):
    assert after(log(begun), "⏸️ Paused") == log(written)


@pytest.mark.parametrize(
    ("begun", "label"),
    [
        ('status = "🟢 A', "🟢 Active"),
        ('status = "act', "🟢 Active"),
        ("sta", "status"),
        ('tags = ["sh', "shop"),
        ("TASK-2", NEW),
    ],
)
def test_what_was_begun_lets_an_offer_pass_that_is_meant(begun: str, label: str):
    document, offset, given = found(f"+++\n+++\n\n{begun}<|>\n" if "-" in begun else log(f"{begun}<|>"))
    (one,) = (offer for offer in given if offer.label == label)
    assert fits(document.text[Span(one.edit.span.start, offset)], one.filter)


def test_settled_values_come_with_their_emoji_those_in_use_first():
    assert labels(log('status = "<|>"')) == ["🟢 Active", "⏸️ Paused", "🏁 Completed", "🔴 Error"]
    task = '+++\nid = "a"\nstatus = "<|>"\ntype = ""\npriority = ""\n+++\n'
    assert labels(task, TASK)[:4] == ["🔵 In Progress", "🟣 Review", "🟢 Done", "🟡 To Do"]
    assert labels(task.replace("<|>", "").replace('priority = "', 'priority = "<|>'), TASK)[0] == "🔥 Highest"
    bare = ".mdtm/tasks/a/TASK-DEV-20250605-101500.md"
    assert labels(task.replace("<|>", "").replace('type = "', 'type = "<|>'), bare)[:2] == ["feature", "bug"]
    workflow = ".workflow/WFS-a/workflow-session.json"
    assert labels('{"current_phase": "<|>"}', workflow) == ["PLAN", "IMPLEMENT", "REVIEW"]
    assert labels('{"status": "<|>', workflow)[:2] == ["active", "paused"]


@pytest.mark.parametrize(
    "begun", ['["<|>', '["a", "<|>"]', "[<|>", '[ "TASK-<|>', '["TASK-<|>, "b"]', '[\n  "<|>",\n]']
)
def test_ids_of_tasks_are_offered_where_they_belong_the_open_ones_first(begun: str):
    assert labels(log(f'related_tasks = {begun}\ntags = [\nbroken = "')) == [NEW, OLD]


def test_an_id_that_is_listed_already_comes_last_and_has_title_and_status():
    _, _, given = found(log(f'related_tasks = ["{NEW}", "<|>"]'))
    assert [(one.label, one.detail, one.note) for one in given] == [
        (OLD, "Overlaps", "🟢 Done"), (NEW, "Days off", "🟣 Review"),
    ]  # fmt: skip
    assert after(log('related_tasks = [ "TASK-<|>'), NEW) == log(f'related_tasks = [ "{NEW}"')


def test_a_task_is_not_offered_itself():
    path = f".ruru/tasks/FEATURE_Slots/{OLD}.md"
    head = f'+++\nid = "{OLD}"\nstatus = "🟡 To Do"\n'
    assert labels(f'{head}depends_on = ["<|>"]\n+++\n', path) == [NEW]
    assert labels(f'{head}sprint = "<|>"\n+++\n', path) == ["SPRINT-1"]
    assert labels(f'{head}session_id = "<|>"\n+++\n', path) == [
        "SESSION-Pick_up_slots-2506050301", "SESSION-Other-2506060301",
    ]  # fmt: skip


def test_a_level_of_the_context_has_ids_of_its_type():
    assert labels(log('context = [{type = "sprint", id = "<|>')) == ["SPRINT-1"]
    assert labels(log('context = [{type = "task", id = "TASK-<|>"}]')) == [NEW, OLD]
    assert labels(log('context = [{type = "<|>')) == ["project", "sprint", "task", "subtask"]


def test_the_id_of_a_document_is_that_of_its_place():
    assert labels(log('id = "<|>"')) == ["SESSION-Pick_up_slots-2506050301"]


def test_artifacts_that_are_not_listed_come_first():
    assert labels(log('related_artifacts = ["artifacts/notes/NOTE-a-2506050310.md", "<|>"]')) == [
        "artifacts/notes/NOTE-b-2506050311.md", "artifacts/notes/NOTE-a-2506050310.md",
    ]  # fmt: skip


def test_a_path_is_completed_folder_by_folder():
    task = '+++\nid = "a"\nstatus = "🟡 To Do"\ninput_artifacts = ["{}"]\n+++\n'
    assert labels(task.format("<|>"), TASK) == [".ruru/", "docs/"]
    assert labels(task.format("docs/<|>"), TASK) == ["docs/spec/", "docs/guide (1).md"]
    assert after(task.format("do<|>"), "docs/", TASK) == task.format("docs/")
    assert after(task.format("docs/s<|>pec/slots.md"), "docs/guide (1).md", TASK) == task.format("docs/guide (1).md")
    assert labels(task.format("../<|>"), TASK) == labels(task.format("/<|>"), TASK) == []
    (folder,) = (one for one in found(task.split('"]')[0].format("do<|>"), TASK)[2] if one.label == "docs/")
    assert folder.snippet == '"docs/$0"'


def test_people_tags_and_times_are_those_of_the_workspace_and_of_now():
    assert labels(log('coordinator = "<|>"')) == ["me", "dev-api", "prime"]
    assert labels(log('tags = ["slots", "<|>"]')) == ["shop", "slots"]
    assert labels(log('start_time = "<|>"')) == ["2025-06-10T00:00:00Z", "2025-06-10"]
    assert labels(log('end_time = "<|>"')) == ["2025-06-10T00:00:00Z", "2025-06-10", '""']
    task = '+++\nid = "a"\nstatus = "🟡 To Do"\ncreated_date = "2025-06-01"\nupdated_date = "<|>"\n+++\n'
    assert labels(task, TASK)[0] == "2025-06-10"


def test_an_unknown_key_may_be_true_or_false():
    assert after(log("urgent = t<|>"), "true") == log("urgent = true")
    assert labels(log('urgent = "<|>"')) == []


def test_yaml_has_keys_and_values_too():
    head = f"---\nid: {OLD}\ntitle: a\n"
    assert "priority" in labels(f"{head}pri<|>\n---\n", TASK)
    assert after(f"{head}status: <|>\n---\n", "🟢 Done", TASK) == f"{head}status: 🟢 Done\n---\n"
    listed = f"{head}status: a\ndepends_on:\n  - <|>\n---\n"
    assert after(listed, NEW, TASK) == listed.replace("<|>", NEW)


STATE = ".workflow/WFS-a/workflow-session.json"


def test_a_key_of_json_has_the_comma_that_parts_it_from_the_next_one():
    state = '{\n  "session_id": "🟢",\n  "sta<|>\n  "project": "Slots"\n}'
    assert after(state, "status", STATE) == state.replace('"sta<|>', '"status": "",')
    last = '{\n  "session_id": "🟢",\n  "sta<|>\n}'
    assert after(last, "status", STATE) == last.replace('"sta<|>', '"status": ""')


def test_the_phases_that_are_over_are_phases():
    assert labels('{"progress": {"completed_phases": ["<|>"]}}', STATE)[:3] == ["PLAN", "IMPLEMENT", "REVIEW"]


# behind the frontmatter


def test_an_id_is_completed_in_plain_words_and_in_texts():
    assert labels("+++\n+++\n\nSee TASK-<|> there\n") == [NEW, OLD]
    assert after("+++\n+++\n\nSee `SPRINT-<|>9`\n", "SPRINT-1") == "+++\n+++\n\nSee `SPRINT-1`\n"
    assert labels("+++\n+++\n\n- [2025-06-05T10:00:00Z] Like SESSION-<|>\n") == ["SESSION-Other-2506060301"]
    assert after(log('title = "as TASK-<|>"'), NEW) == log(f'title = "as {NEW}"')
    assert after("+++\n+++\n\nSee TAS<|>\n", NEW) == f"+++\n+++\n\nSee {NEW}\n"
    assert labels("+++\n+++\n\nSee SP<|>\n") == ["SPRINT-1"]


def test_an_id_is_found_by_the_title_too():
    _, _, given = found(log('related_tasks = ["over<|>'))
    assert [offer.label for offer in given if fits('"over', offer.filter)] == [OLD]
    _, _, given = found("+++\n+++\n\nSee TASK-<|>\n")
    assert [offer.label for offer in given if fits("TASK-days", offer.filter)] == [NEW]


@pytest.mark.parametrize(
    "text", ["some wor<|>d", "a TAXI<|>", "a task<|>", "XTASK-<|>", "`a` T<|>", "(<|>", "a-<|>", "` <|>"]
)
def test_plain_words_are_left_alone(text: str):
    assert labels(f"+++\n+++\n\n{text}\n") == []


def test_the_target_of_a_link_counts_from_the_file():
    assert labels("+++\n+++\n\n[a](artifacts/notes/<|>)\n")[0] == "artifacts/notes/NOTE-a-2506050310.md"
    assert labels("+++\n+++\n\n[a](../../../docs/<|>)\n") == ["../../../docs/spec/", "../../../docs/guide (1).md"]
    text = after("+++\n+++\n\n[a](../../../docs/g<|>)\n", "../../../docs/guide (1).md")
    assert text.endswith("[a](../../../docs/guide%20%281%29.md)\n")


LOG = "+++\n+++\n\n## Log Entries\n\n"


def test_an_entry_is_begun_with_the_time_and_its_kind_has_places_to_fill_in():
    _, _, given = found(f"{LOG}- <|>\n")
    assert given[0].edit.new == "- [2025-06-10T00:00:00Z] `me`: "
    (one,) = (one for one in given if one.label == "log entry: delegation")
    assert one.snippet == "- [2025-06-10T00:00:00Z] `me`: Delegated `${1:task}` to `${2:mode}`: ${3:title}"
    assert one.edit.new == "- [2025-06-10T00:00:00Z] `me`: Delegated "


def test_behind_the_time_come_those_who_act_and_behind_them_the_kinds():
    busy = f"{LOG}- [2025-06-05T10:00:00Z] `dev-cart`: One\n- [2025-06-05T10:00:00Z] "
    assert labels(f"{busy}<|>\n")[:4] == ["me", "dev-cart", "dev-api", "prime"]
    assert after(f"{busy}`de<|>`\n", "dev-cart") == f"{busy}`dev-cart`: \n"
    assert after(f"{busy}`me`: Dec<|>\n", "Decision") == f"{busy}`me`: Decision: \n"
    assert labels(f"{busy}`me`: Decided it<|> now\n") == []


def test_the_kinds_that_a_log_uses_come_first_and_those_last_that_verbs_write():
    used = "".join(f"- [2025-06-05T10:0{n}:00Z] `me`: Question: {n}?\n" for n in range(3))
    context = "- [2025-06-05T10:05:00Z] `me`: Context: pushed task `a`\n" * 5
    given = labels(f"{LOG}{used}{context}- <|>\n")
    assert given[:4] == ["log entry", "log entry: question", "log entry: decision", "log entry: result"]
    assert given[-6:] == [f"log entry: {kind}" for kind in ("context", "start", "pause", "resume", "end", "proposal")]


def test_in_backticks_of_an_entry_ids_artifacts_and_people_are_offered():
    begun = f"{LOG}- [2025-06-05T10:00:00Z] `me`: Delegated `<|>` to `x`: y\n"
    given = labels(begun)
    assert given[:2] == [NEW, OLD] and {"SPRINT-1", "artifacts/notes/NOTE-a-2506050310.md", "dev-api"} <= {*given}
    assert after(begun, NEW) == begun.replace("<|>", NEW)
    assert labels(f"{LOG}- [2025-06-05T10:00:00Z] `me`: `a` and<|>\n") == []


def test_an_artifact_is_completed_in_an_entry():
    begun = f"{LOG}- [2025-06-05T10:00:00Z] `me`: Artifact: `artifacts/<|>`\n"
    assert labels(begun)[0] == "artifacts/notes/NOTE-a-2506050310.md"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_entry_is_of_the_kind_whose_form_it_has(kind):
    written = re.sub(r"\{(\w+)\}", r"\1", FORMS[kind.name])
    assert kind_of(written) == kind.name
    assert pieces_of(kind.name)[0].rstrip("`") == kind.phrase.format("")


# always


def test_of_many_offers_those_come_that_fit_what_was_begun():
    files = {f".ruru/tasks/a/TASK-DEV-{n}.md": f'+++\nid = "TASK-DEV-{n}"\nstatus = "a"\n+++\n' for n in range(900)}
    given = labels(log('related_tasks = ["TASK-77<|>'), world=around(files))
    assert len(labels(log('related_tasks = ["<|>'), world=around(files))) == MOST
    assert "TASK-DEV-777" in given and all("7" in label for label in given)


def test_a_file_without_a_disk_gets_what_is_known_of_it_alone():
    alone = Surroundings(Memory({}), None, Uses(), NOW, "me")
    assert labels(log('status = "<|>'), "session_log.md", alone)[0] == "🟢 Active"
    assert labels(log('related_tasks = ["<|>'), "session_log.md", alone) == []
    assert labels("[<|>", ".workflow/WFS-a/workflow-session.json", alone) == []
    assert labels("<|>", "Untitled-1", alone) == labels("- <|>", "a.txt", alone) == []


def test_at_no_place_of_a_broken_file_an_offer_leaves_its_line():
    choose, world = random.Random(7), around()
    state = '{"session_id": "WFS-a", "progress": {"current_tasks": ["TASK-a"]}, "status": "active"}'
    texts = [
        log("\n".join(LOG_KEYS)),
        *files_in(WORKSPACE).values(),
        f"{LOG}- [2025-06-05T10:00:00Z] `a`: b TASK-\n",
        state,
    ]
    paths = (SESSION_PATH, TASK, ".workflow/WFS-a/workflow-session.json", ".mdtm.toml")
    for text in texts:
        for _ in range(60):
            at, cut = choose.randrange(len(text) + 1), choose.randrange(len(text) + 1)
            broken = text[:cut] + text[cut + 1 :]
            at = min(at, len(broken))
            found(broken[:at] + "<|>" + broken[at:], choose.choice(paths), world)
