"""Each rule on the texts that people and agents really write: found, let be, cured."""

from __future__ import annotations

import textwrap

import pytest

from mdtm.disk import decoded
from mdtm.document import Document
from mdtm.judge import fixed, judge
from mdtm.problem import Severity
from mdtm.schema.statuses import TASK_STATUSES
from mdtm.workspace import NO_FILES
from tests.checks import SESSION_PATH, check_fix, check_problems, codes_in, files_in, problems_in, with_keys

V5 = ".ruru/sessions/SESS-20250605-030144/session_log.md"
COMMANDER = ".roo/commander/sessions/SESSION-Slots-20250605-030144/session_log.md"
MDTM = ".mdtm/sessions/SESSION-Slots-20250605-030144/session_log.md"
ORCHESTRATION = ".mdtm/sessions/SESSION-001/session_log.md"
WORKFLOW = ".workflow/active/WFS-menu/workflow-session.json"
TASK = ".ruru/tasks/FEATURE_Slots/TASK-DEV-20250605-101500.md"
NOTE = ".ruru/sessions/SESSION-Slots-2506050301/artifacts/notes/NOTE-slots-2506050310.md"

LOG = """
    id = "{id}"
    title = "Slots"
    status = "{status}"
    start_time = "2025-06-05T03:01:44Z"
    coordinator = "dev-api"
    """
TASK_KEYS = """
    id = "TASK-DEV-20250605-101500"
    title = "Pick up slots"
    status = "🟡 To Do"
    type = "🌟 Feature"
    """


def check_log(lines: str) -> None:
    """Checks the marked problems of some lines in the frontmatter of a session log that is sound otherwise."""
    check_problems(with_keys(textwrap.dedent(lines).strip("\n")))


def check_cured(before: str, after: str, unsafe: bool = False) -> None:
    """Checks what fixing makes of some lines in the frontmatter of a session log."""
    check_fix(with_keys(textwrap.dedent(before).strip("\n")), with_keys(textwrap.dedent(after).strip("\n")), unsafe)


def file(path: str, keys: str, body: str = "") -> str:
    """A file with frontmatter, as `check_problems` wants it."""
    return f"-- {path} --\n+++\n{textwrap.dedent(keys).strip()}\n+++\n{textwrap.dedent(body)}"


def log(path: str, status: str = "🟢 Active") -> str:
    """A session log in which nothing is wrong but, perhaps, its status."""
    return file(path, LOG.format(id=path.split("/")[-2], status=status))


@pytest.mark.parametrize(
    "path", [SESSION_PATH, V5, COMMANDER, MDTM, "work/sessions/SESSION-x-2506050301/session_log.md"]
)
def test_a_sound_log_has_no_problem_in_any_dialect(path: str):
    check_problems(log(path))


def test_what_real_files_do_without_harm_is_no_problem():
    check_log("""
        # --- Session ---
        start_time = 2025-06-05T03:01:44
        end_time = ""
        related_tasks = [ # what came out of it
            "TASK-DEV-20250605-101500", # the first
        ]
        related_artifacts = []
        tags = ["session", "log", "v6",]
        template_version = 6
        owner.name = "Jane"
        summary = '''
        Two
        lines'''
        [context_of_mine]
        granularity = "anything"
        """)
    assert codes_in(with_keys("").removesuffix("\n")) == [], "no final newline"


# not-utf8


def test_bytes_that_are_no_utf8_are_one_problem_at_the_first_of_them():
    text, bad_byte = decoded(b'+++\nid = "caf\xe9"\ntitle = "\xf0\x9f\x9f\xa2 \xff"\n+++\n')
    document = Document.read("note.md", text, bad_byte)
    (problem,) = judge(document, NO_FILES)
    assert (problem.code, document.text[problem.span]) == ("not-utf8", "\ufffd")
    assert document.frontmatter.values == {"id": "caf\ufffd", "title": "🟢 \ufffd"}


def test_a_file_that_is_not_utf8_is_never_fixed():
    text, bad_byte = decoded(with_keys('status = "🟢 Actve"').encode() + b"\xff")
    document = Document.read(SESSION_PATH, text, bad_byte)
    assert {problem.fixes for problem in judge(document, NO_FILES)} == {()}
    assert fixed(document, NO_FILES, unsafe=True) == ()


def test_the_replacement_character_itself_is_utf8_and_files_of_other_kinds_are_no_problem():
    assert codes_in(with_keys('title = "caf\ufffd"')) == ["replacement-character"]
    assert judge(Document.read("README.md", *decoded(b"\xff")), NO_FILES) == []


# the fences


@pytest.mark.parametrize("path", [SESSION_PATH, COMMANDER, MDTM, TASK])
def test_a_log_or_task_without_its_first_line_is_found_and_mended(path: str):
    sound = log(path) if path != TASK else file(TASK, TASK_KEYS)
    broken = sound.replace("+++\n", "", 1)
    assert codes_in(broken) == ["missing-opening-fence"]
    check_fix(broken, sound)


def test_a_log_without_the_end_of_its_frontmatter_is_mended_before_its_body():
    check_fix(
        log(COMMANDER).removesuffix("+++\n") + "## Log Entries\n\n- [2025-06-05T03:02:00Z] `dev-api`: a = 1\n",
        log(COMMANDER) + "## Log Entries\n\n- [2025-06-05T03:02:00Z] `dev-api`: a = 1\n",
    )


@pytest.mark.parametrize(
    "body", ["# Slots\n", "x = 1 is what we need\n", "```toml\n+++\nid = 1\n```\n", "- a = b\n+++\n", ""]
)
def test_markdown_without_frontmatter_is_not_taken_for_keys(body: str):
    assert codes_in(f"-- docs/notes.md --\n{body}") == []


# broken-toml and duplicate-key: tests/test_toml.py has the rest


def test_broken_toml_is_found_in_a_task_and_in_the_settings_too():
    assert codes_in(file(TASK, TASK_KEYS + 'tags = ["a" "b"\n')) == ["broken-toml", "broken-toml"]
    check_problems("""
        -- .mdtm.toml --
        [rules]
        bad-time = off
                   ^^^ broken-toml: text must stand in quotes
        """)


def test_a_second_equal_line_is_removed_and_a_different_one_stays():
    check_cured("""
        end_time = ""
        tags = ["a"]
        end_time = ""
        tags = ["b"]
        """, """
        end_time = ""
        tags = ["a"]
        tags = ["b"]
        """)  # fmt: skip
    check_log("""
        tags = ["a"] # one
        tags = ["a"] # two
        ^^^^ duplicate-key: tags is given twice
        """)


def test_keys_of_two_tables_may_be_the_same():
    check_log("[a]\nx = 1\n[b]\nx = 1\n[[c]]\nx = 1\n[[c]]\nx = 1\n")


# yaml-frontmatter and broken-yaml

YAML = "---\nid: TASK-DEV-20250605-101500\ntitle: Slots\nstatus: 🟡 To Do\ntype: 🌟 Feature\n---\n"


@pytest.mark.parametrize(
    ("path", "severity"),
    [(TASK, Severity.ERROR), (".tasks/README.md", Severity.HINT), ("docs/guide.md", None)],
)
def test_yaml_is_an_error_where_tools_look_for_toml(path: str, severity: Severity | None):
    text = YAML if path == TASK else YAML.replace("TASK-DEV-20250605-101500", "guide")
    found = problems_in({path: text})
    assert [(problem.code, problem.severity) for _, problem in found] == (
        [("yaml-frontmatter", severity)] if severity else []
    )


def test_the_fields_of_yaml_are_judged_like_others():
    check_problems(f"""
        -- {TASK} --
        ---
        ^^^ yaml-frontmatter: the frontmatter of a feature task is TOML between +++ lines, not YAML
        id: TASK-DEV-20250605-101500
        title: Slots
        type: 🌟 Feature
        status: Blockd
                ^^^^^^ unknown-status: "Blockd" is no status of a feature task; write "⚪ Blocked"
        ---
        """)


@pytest.mark.parametrize("yaml", ['id: "x', "id: x\n\ttitle: y", "id: x\n  title: y", "tags: [a, b", "id: *gone"])
def test_yaml_that_cannot_be_read_is_one_problem_and_no_key_is_missed(yaml: str):
    assert sorted(codes_in(f"-- {COMMANDER} --\n---\n{yaml}\n---\n")) == ["broken-yaml", "yaml-frontmatter"]


# broken-json


def test_a_state_file_is_mended_where_it_breaks():
    check_problems("""
        -- .workflow/active/WFS-menu/workflow-session.json --
        {"session_id": "WFS-menu", "status": "active", "count": 9,166,}
                                                                ^^^^^ broken-json: a number has no commas
                                                                     ^ broken-json: there is nothing after this comma
        """)
    check_fix(
        f'-- {WORKFLOW} --\n{{"session_id": "WFS-menu"\n"status": "active", "count": 9,166,}}\n',
        f'-- {WORKFLOW} --\n{{"session_id": "WFS-menu",\n"status": "active", "count": 9166}}\n',
    )


@pytest.mark.parametrize("path", [WORKFLOW, ".workflow/WFS-menu/workflow-session.json"])
def test_a_sound_state_file_has_no_problem(path: str):
    check_problems(f'-- {path} --\n{{"session_id": "WFS-menu", "status": "planning", "meta": {{"x": null}}}}\n')
    check_problems(f'-- {path} --\n{{"workflow_id": "WFS-menu", "status": "paused", "type": "tdd"}}')


# missing-frontmatter


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("", "Slots", "\n# Slots\n\n## Log Entries\n"),
        ("\n\n", "Slots", "\n# Slots\n\n## Log Entries\n"),
        ("# Slots at ten\n", "Slots at ten", "\n# Slots at ten\n\n## Log Entries\n"),
        ("# Slots\n\n## Log Entries\n\n- one\n", "Slots", "\n# Slots\n\n## Log Entries\n\n- one\n"),
        ("Just words\n", "Slots", "\n# Slots\n\nJust words\n\n## Log Entries\n"),
    ],
)
def test_a_log_without_frontmatter_is_filled_from_the_name_of_its_folder_on_request(text: str, title: str, rest: str):
    before = f"-- {COMMANDER} --\n{text}"
    assert codes_in(before) == ["missing-frontmatter"]
    check_fix(before, before)
    after = f"""
        id = "SESSION-Slots-20250605-030144"
        title = "{title}"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        end_time = ""
        coordinator = ""
        related_tasks = []
        related_artifacts = []
        tags = ["session", "log"]
        """
    check_fix(before, file(COMMANDER, after, rest), unsafe=True)


@pytest.mark.parametrize("text", ["```toml\nid = 1\n```\n", "text\n++\n"])
def test_frontmatter_that_stands_elsewhere_is_not_written_anew(text: str):
    before = f"-- {COMMANDER} --\n{text}"
    assert codes_in(before) == ["missing-frontmatter"]
    check_fix(before, before, unsafe=True)


@pytest.mark.parametrize("path", [TASK, NOTE, "README.md", f"{SESSION_PATH[:-14]}artifacts/README.md"])
def test_only_a_log_must_have_frontmatter(path: str):
    assert codes_in(f"-- {path} --\n# Slots\n") == []


# missing-field


def test_required_keys_are_errors_and_expected_ones_information():
    found = problems_in({COMMANDER: '+++\ntitle = ""\n+++\n'})
    assert [(problem.message.split(" ")[0], problem.severity) for _, problem in found] == [
        ("id", Severity.ERROR),
        ("status", Severity.ERROR),
        ("start_time", Severity.ERROR),
        ("coordinator", Severity.INFORMATION),
        ("title", Severity.ERROR),
    ]


def test_the_keys_of_the_older_systems_count():
    check_problems(f"""
        -- {V5} --
        +++
        session_id = "SESS-20250605-030144"
        ^^^^^^^^^^ deprecated-key: session_id is the old name of id
        goal = "Slots"
        status = "🟢 Active"
        created_date = "2025-06-05"
        coordinator_mode = "dev-api"
        ^^^^^^^^^^^^^^^^ deprecated-key: coordinator_mode is the old name of coordinator
        +++
        """)


def test_an_id_that_the_folder_tells_is_written_unasked():
    check_cured('id = ""', 'id = "SESSION-Pick_up_slots-2506050301"')
    sound = log(ORCHESTRATION, "active")
    check_fix(sound.replace('id = "SESSION-001"\n', ""), sound)


@pytest.mark.parametrize("line", ['title = "Slots"', 'status = "🟢 Active"', 'start_time = "2025-06-05T03:01:44Z"'])
def test_what_is_only_likely_is_written_on_request(line: str):
    before = log(COMMANDER).replace(f"{line}\n", "")
    assert codes_in(before) == ["missing-field"]
    check_fix(before, before)
    check_fix(before, log(COMMANDER), unsafe=True)


def test_a_key_is_added_behind_the_one_before_it_with_the_line_ends_of_the_file():
    status = '\r\nstatus = "active"'
    sound = (
        log(ORCHESTRATION, "active")
        .replace("\n", "\r\n")
        .replace("--\r", "--")
        .replace('"Slots"', '"""\r\nSlots\r\n"""')
    )
    check_fix(sound.replace(status, ""), sound, unsafe=True)


def test_artifacts_and_other_documents_need_no_keys():
    check_problems(file(NOTE, 'type = "note"'))
    check_problems(file("docs/adr.md", 'decision_date = "2025-06-05"'))


# wrong-type


def test_a_value_has_the_type_of_its_key():
    check_log("""
        title = ["Slots"]
                ^^^^^^^^^ wrong-type: title is a string, not an array
        coordinator = 5
                      ^ wrong-type: coordinator is a string, not an integer
        start_time = 12
                     ^^ wrong-type: start_time is a time in quotes, not an integer
        tags = ["a", 1, true]
                     ^ wrong-type: tags holds strings, not an integer
                        ^^^^ wrong-type: tags holds strings, not a boolean
        related_tasks = "TASK-1, TASK-2"
                        ^^^^^^^^^^^^^^^^ wrong-type: related_tasks is an array of strings, not a string
        related_artifacts = {}
                            ^^ wrong-type: related_artifacts is an array of strings, not a table
        """)


def test_a_value_gets_the_type_of_its_key_where_that_is_certain():
    check_cured("""
        title = ["Slots"]
        coordinator = 5
        tags = "a, b c"
        related_tasks = "TASK-1,TASK-2"
        related_artifacts = ""
        """, """
        title = "Slots"
        coordinator = "5"
        tags = "a, b c"
        related_tasks = ["TASK-1", "TASK-2"]
        related_artifacts = []
        """)  # fmt: skip
    check_cured('tags = "a, b c"', 'tags = ["a", "b c"]', unsafe=True)
    check_cured('tags = [ 1, "b", 2025-06-05, ]', 'tags = [ "1", "b", "2025-06-05", ]')
    check_cured('tags = "a"', 'tags = ["a"]')


def test_dates_and_numbers_may_be_toml_values_and_unknown_keys_anything():
    check_problems(
        file(
            TASK, TASK_KEYS + "created_date = 2025-06-05\nestimated_hours = 1.5\nactual_hours = '2'\nmine = [1, true]\n"
        )
    )


# unknown-status


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("🟡 Active", "🟢 Active"), ("Active", "🟢 Active"), ("active", "🟢 Active"), ("🟢 ACTIVE", "🟢 Active"),
        ("🟢Active", "🟢 Active"), ("🟢  Active ", "🟢 Active"), ("🟢", "🟢 Active"), ("🟢 Actve", "🟢 Active"),
        ("⏸ Paused", "⏸️ Paused"), ("⚪ Completed", "🏁 Completed"), ("🏁\ufe0f Completed", "🏁 Completed"),
        ("\ufffd Error", "🔴 Error"),
    ],
)  # fmt: skip
def test_a_status_whose_word_is_plain_is_put_right_unasked(written: str, meant: str):
    assert codes_in(with_keys(f'status = "{written}"\nend_time = ""')).count("unknown-status") == 1
    check_cured(f'status = "{written}"', f'status = "{meant}"')


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Done", "🏁 Completed"),
        ("🟢 In Progress", "🟢 Active"),
        ("On Hold", "⏸️ Paused"),
        ("🔴 Failed", "🔴 Error"),
        ("Pausd", "⏸️ Paused"),
    ],
)
def test_a_status_in_other_words_is_put_right_on_request(written: str, meant: str):
    end = "" if meant == "🟢 Active" else "2025-06-05T04:00:00Z"
    before, after = (f'status = "{status}"\nend_time = "{end}"' for status in (written, meant))
    check_cured(before, before)
    check_cured(before, after, unsafe=True)


@pytest.mark.parametrize("written", ["Quux", "🦊", "42", "blue moon"])
def test_a_status_that_nobody_knows_has_no_cure(written: str):
    check_log(f"""
        status = "{written}"
                 {"^" * (len(written) + 2)} unknown-status: "{written}" is no status of a session log, which has "🟢 Active",
        """)
    check_cured(f'status = "{written}"', f'status = "{written}"', unsafe=True)


def test_only_the_variation_selector_is_a_hint():
    (found,) = [
        found for _, found in problems_in(files_in(log(MDTM, "🏁\ufe0f Completed"))) if found.fix and found.fix.safe
    ]
    assert (found.code, found.severity) == ("unknown-status", Severity.HINT)
    assert found.message == '"🏁 Completed" is written without the variation selector U+FE0F'


def mojibake(text: str, codec: str) -> str:
    """UTF-8 read as something else, byte by byte, as old tools do it."""
    return "".join(bytes([byte]).decode(codec, "replace").replace("\ufffd", chr(byte)) for byte in text.encode())


def test_mojibake_is_what_we_take_it_for():
    assert mojibake("🟢 Done", "cp1252") == "ðŸŸ¢ Done"
    assert mojibake("🟢 Done", "mac_roman") == "\uf8ffüü¢ Done"
    assert mojibake("🟢 Done", "cp437") == "≡ƒƒó Done"


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "cp437", "latin-1"])
@pytest.mark.parametrize("status", TASK_STATUSES.canonical)
def test_a_status_with_a_broken_sign_gets_its_sign_back(status: str, codec: str):
    before = file(TASK, TASK_KEYS).replace("🟡 To Do", mojibake(status, codec))
    check_fix(before, file(TASK, TASK_KEYS).replace("🟡 To Do", status))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("🟡 In Progress", "🔵 In Progress"), ("🟠 In Progress", "🔵 In Progress"), ("✅ Done", "🟢 Done"),
        ("⚪️ Blocked", "⚪ Blocked"), ("⚪ Planned", "⚪️ Planned"), ("done", "🟢 Done"), ("todo", "todo"),
    ],
)  # fmt: skip
def test_the_statuses_of_a_task_are_its_own(written: str, meant: str):
    check_fix(file(TASK, TASK_KEYS).replace("🟡 To Do", written), file(TASK, TASK_KEYS).replace("🟡 To Do", meant))


@pytest.mark.parametrize("status", ["active", "paused"])
def test_orchestration_and_workflow_have_bare_words(status: str):
    end = 'end_time = ""\n' if status == "active" else 'end_time = "2025-06-05T04:00:00Z"\n'
    sound = log(ORCHESTRATION, status).replace("coordinator", end + "coordinator")
    check_problems(sound)
    check_fix(sound.replace(f'"{status}"', f'"🟢 {status.title()}"'), sound)
    state = f'-- {WORKFLOW} --\n{{"session_id": "WFS-menu", "status": "{status}"}}\n'
    check_fix(state.replace(f'"{status}"', f'"{status.upper()}"'), state)


def test_a_workflow_may_have_a_status_of_its_own():
    found = problems_in({WORKFLOW: '{"session_id": "WFS-menu", "status": "role_analysis_in_progress"}'})
    assert [(problem.code, problem.severity) for _, problem in found] == [("unknown-status", Severity.INFORMATION)]


@pytest.mark.parametrize("status", ["draft", "🟠 Anything", "published", ""])
def test_other_documents_have_any_status(status: str):
    check_problems(file("docs/adr.md", f'decision_date = "2025-06-05"\nstatus = "{status}"'))
    check_problems(file(NOTE, f'type = "note"\nstatus = "{status}"'))


# bad-time


@pytest.mark.parametrize(
    "time",
    [
        "2025-06-05",
        "2025-06-05T03:01:44+10:00",
        "2025-06-05 03:01",
        "20250605-030144",
        "2506050301",
        "2025/06/05 3:01:44 AEST",
    ],
)
def test_every_usual_spelling_of_a_time_is_read(time: str):
    check_log(f'start_time = "{time}"')


def test_a_time_that_does_not_exist_is_found_in_keys_and_entries():
    check_problems(f"""
        -- {SESSION_PATH} --
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "🏁 Completed"
        start_time = "2025-06-31T03:01:44Z"
                     ^^^^^^^^^^^^^^^^^^^^^^ bad-time: 2025-06-31T03:01:44Z is no time that exists
        end_time = "tomorrow"
                   ^^^^^^^^^^ bad-time: tomorrow cannot be read as a time
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T25:01:44Z] `dev-api`: Started
           ^^^^^^^^^^^^^^^^^^^^ bad-time: 2025-06-05T25:01:44Z is no time that exists
        - [YYYY-MM-DD HH:MM:SS] Delegated
           ^^^^^^^^^^^^^^^^^^^ placeholder-entry: the placeholder YYYY-MM-DD HH:MM:SS still stands where a time belongs
        """)


def test_a_near_miss_is_spelled_right_in_its_own_zone():
    check_cured('start_time = "2025-06-05T03-01-44Z"', 'start_time = "2025-06-05T03:01:44Z"')
    check_cured('start_time = "[2025-6-5_3:01+10:00]"', 'start_time = "2025-06-05T03:01+10:00"')
    check_cured('start_time = "2025-02-30T03:01:44Z"', 'start_time = "2025-02-30T03:01:44Z"', unsafe=True)


# wrong-end-time


@pytest.mark.parametrize("status", ["⏸️ Paused", "🏁 Completed", "🔴 Error"])
def test_a_session_that_is_not_active_needs_its_end(status: str):
    check_log(f"""
        status = "{status}"
        end_time = ""
                   ^^ wrong-end-time: a session that is {status} needs an end_time
        """)
    assert codes_in(log(V5, status)) == ["wrong-end-time"]


def test_an_active_session_has_no_end():
    check_log("""
        end_time = "2025-06-05T04:00:00Z"
                   ^^^^^^^^^^^^^^^^^^^^^^ wrong-end-time: an active session has no end_time yet
        """)
    check_cured('end_time = "2025-06-05T04:00:00Z"', 'end_time = ""', unsafe=True)
    check_cured('end_time = "2025-06-05T04:00:00Z"', 'end_time = "2025-06-05T04:00:00Z"')


def test_the_end_is_taken_from_the_last_entry_with_a_time_on_request():
    entries = "\n## Log Entries\n\n- [2025-06-05 03:05:00] Started\n- [2025-06-05T14:20:00+10:00] Done\n- [?] later\n"
    before = log(V5, "🏁 Completed") + entries
    check_fix(before, before)
    check_fix(before, before.replace("\ncoord", '\nend_time = "2025-06-05T04:20:00Z"\ncoord'), unsafe=True)


# id-mismatch


def test_a_session_is_named_by_its_folder():
    check_log("""
        id = "SESSION-Pick_up_slots-2506050300"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ id-mismatch: the id is SESSION-Pick_up_slots-2506050300, but the folder is
        """)
    check_cured('id = "x"', 'id = "SESSION-Pick_up_slots-2506050301"', unsafe=True)
    check_cured('id = "x"', 'id = "x"')
    state = f'-- {WORKFLOW} --\n{{"session_id": "WFS-menus", "status": "active"}}\n'
    check_fix(state, state.replace("menus", "menu"), unsafe=True)


def test_a_log_outside_a_folder_for_sessions_may_have_any_id():
    check_problems(file("notes/session_log.md", LOG.format(id="SESSION-Slots-2506050301", status="🟢 Active")))


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("TASK-DEV-20250605-101500.md", []), ("TASK-DEV-20250605-101500-slots.md", []),
        ("TASK-DEV-20250605-101501.md", ["id-mismatch"]), ("TASK-DEV-20250605-1015001.md", ["id-mismatch"]),
        ("_overview.md", []), ("001_slots.md", []),
    ],
)  # fmt: skip
def test_the_file_of_a_task_may_add_words_to_its_id(name: str, codes: list[str]):
    assert codes_in(file(f".mdtm/tasks/FEATURE_Slots/{name}", TASK_KEYS)) == codes


def test_each_of_two_equal_keys_is_judged():
    text = with_keys('status = "🟢 Actve"\nstatus = "nothing"\nstart_time = "soon"\nstart_time = "later"')
    assert sorted(codes_in(text)) == sorted(["duplicate-key", "unknown-status", "bad-time"] * 2)


def test_a_time_of_today_far_in_the_west_may_lie_in_the_future():
    check_problems("""
        +++
        id = "SESSION-Pick_up_slots-2506050301"
        title = "Pick up slots"
        status = "🏁 Completed"
        start_time = "2025-06-05T03:01:00Z"
        end_time = "2025-06-10T20:30:00-05:00"
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ future-time: end_time lies in the future
        coordinator = "dev-api"
        +++
        """)
