"""Artifacts are made, linked, found and taken off the list."""

from __future__ import annotations

import pytest

from mdtm.artifacts import ARTIFACT_KINDS
from mdtm.dialect import DIALECTS
from mdtm.document import Document
from tests.doing import Desk

HOME = ".ruru/sessions/SESSION-Slots-2506050301"
LOG = f"{HOME}/session_log.md"


def desk_with(artifacts: str = "related_artifacts = []\n", **others: str) -> Desk:
    """A desk with one active session; `others` are more files of it, `__` in their names for `/`."""
    log = (
        '+++\nid = "SESSION-Slots-2506050301"\ntitle = "Slots 🎟️"\nstatus = "🟢 Active"\n'
        f'start_time = "2025-06-05T03:01:44Z"\ncoordinator = "dev-api"\n{artifacts}+++\n\n'
        "## Log Entries\n\n- [2025-06-05T03:01:44Z] `dev-api`: Session started: Slots\n"
        "- [2025-06-05T03:05:00Z] Session paused\n- [2026-06-05T08:55:00Z] Session resumed\n"
    )
    files = {f"{HOME}/{name.replace('__', '/')}.md": text for name, text in others.items()}
    return Desk({LOG: log, **files, ".ruru/sessions/.active-SESSION-Slots-2506050301": ""})


def listed(desk: Desk, log: str = LOG) -> list[str]:
    frontmatter = Document.read(log, desk.text(log)).frontmatter
    return [item.data for item in frontmatter.strings("related_artifacts")]


def test_an_artifact_is_made_named_listed_and_logged():
    desk = desk_with()
    desk.do('artifact create note "Where the tokens are" --text "In the cookie. 🍪" --task TASK-DEV-1')
    path = "artifacts/notes/NOTE-Where_the_tokens_are-2606050900.md"
    assert desk.text(f"{HOME}/{path}") == (
        '+++\nid = "NOTE-Where_the_tokens_are-2606050900"\nsession_id = "SESSION-Slots-2506050301"\n'
        'type = "note"\ncreated_time = "2026-06-05T09:00:00Z"\nrelated_task_id = "TASK-DEV-1"\ntags = ["note"]\n+++\n'
        "\n# Where the tokens are\n\nIn the cookie. 🍪\n"
    )
    assert listed(desk) == [path]
    assert 'related_tasks = ["TASK-DEV-1"]' in desk.text(LOG)
    assert desk.text(LOG).endswith(f"- [2026-06-05T09:00:00Z] `dev-api`: Created artifact: `{path}` (note)\n")
    assert desk.problems() == []


def test_an_artifact_has_the_keys_of_its_kind_in_their_order():
    desk = desk_with()
    desk.do('artifact create blocker "No \\"staging\\" host"')
    text = desk.text(f"{HOME}/artifacts/blockers/BLOCKER-No_staging_host-2606050900.md")
    assert (
        'tags = ["blocker"]\nissue = "No \\"staging\\" host"\nattempts = []\nresolution_status = "⚪ Unresolved"\n'
    ) in text
    assert desk.problems() == []


def test_a_folder_without_a_readme_gets_one_and_keeps_the_one_it_has():
    desk = desk_with(artifacts__notes__readme="Ours.\n")
    desk.do('artifact create note "One"')
    desk.do('artifact create learning "Two"')
    assert desk.files.files_in(f"{HOME}/artifacts/notes") == ("NOTE-One-2606050900.md", "readme.md")
    assert desk.text(f"{HOME}/artifacts/learnings/README.md").startswith("# Learnings\n")
    assert desk.problems() == []


def test_a_name_that_is_taken_gets_a_number_also_when_only_its_case_differs():
    desk = desk_with()
    for title in ("Slots", "Slots", "sLOTS"):
        desk.do(f"artifact create note {title}")
        desk.now = desk.now.replace(minute=0)
    assert desk.files.files_in(f"{HOME}/artifacts/notes") == (
        "NOTE-Slots-2606050900-2.md", "NOTE-Slots-2606050900.md", "NOTE-sLOTS-2606050900-3.md", "README.md",
    )  # fmt: skip
    assert len(listed(desk)) == 3
    assert desk.problems() == []


def test_a_title_of_signs_alone_is_refused():
    assert "no letter and no digit" in desk_with().refused('artifact create note "🎟️ …"')


@pytest.mark.parametrize("kind", ARTIFACT_KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_every_kind_in_every_system_is_made_listed_and_sound(dialect, kind):
    desk = Desk()
    desk.do(f'start "Move the store" --dialect {dialect.name}')
    made = desk.do(f'artifact create {kind.name} "A title"').data
    name = f"{kind.prefix}-A_title-2606050901.md"
    folders = {
        "ruru-v5": "artifacts/",
        "mdtm": f"{kind.folder if kind.folder in ('notes', 'learnings', 'summaries') else 'notes'}/",
        "workflow": "",
    }
    assert made["artifact"] == folders.get(dialect.name, f"artifacts/{kind.folder}/") + name
    log = f"{str(made['path']).removesuffix(str(made['artifact']))}session_log.md"
    assert listed(desk, log) == [made["artifact"]]
    assert desk.problems() == []


def test_without_a_session_nothing_is_made():
    assert "there is no active session" in Desk().refused('artifact create note "One"')


def test_a_log_without_frontmatter_is_left_alone():
    desk = Desk({LOG: "# Log\n\nBaked.\n", ".ruru/sessions/.active-SESSION-Slots-2506050301": ""})
    assert "there is no +++ frontmatter" in desk.refused('artifact create note "One"')
    assert desk.text(LOG) == "# Log\n\nBaked.\n"


def test_a_list_that_is_no_list_is_left_alone():
    desk = desk_with('related_artifacts = "notes.md"\n', artifacts__notes__A="text\n")
    assert "is no list" in desk.refused("link artifacts/notes/A.md")


@pytest.mark.parametrize(
    "given",
    [
        "artifacts/notes/A.md", "./artifacts//notes/../notes/A.md", r"artifacts\\notes\\A.md",
        f"{HOME}/artifacts/notes/A.md", f"/srv/shop/{HOME}/artifacts/notes/A.md", f"C:/shop/{HOME}/artifacts/notes/A.md",
    ],
)  # fmt: skip
def test_a_file_is_linked_however_its_path_is_given(given: str):
    desk = desk_with(artifacts__notes__A="text\n")
    desk.do(f"link {given}")
    assert listed(desk) == ["artifacts/notes/A.md"]
    assert desk.text(LOG).endswith("`dev-api`: Linked artifact: `artifacts/notes/A.md`\n")
    assert desk.problems() == []


def test_several_files_are_linked_at_once_where_the_list_is_missing():
    desk = desk_with("", artifacts__notes__A="text\n", artifacts__notes__Ä="text\n")
    desk.do("link artifacts/notes/A.md artifacts/notes/Ä.md artifacts/notes/A.md")
    assert listed(desk) == ["artifacts/notes/A.md", "artifacts/notes/Ä.md"]
    assert desk.text(LOG).count("Linked artifact") == 2
    assert desk.problems() == []


def test_linking_keeps_line_ends_and_comments():
    desk = desk_with(
        'related_artifacts = [  # what came of it\n    "artifacts/a.md",\n]\n', artifacts__a="", artifacts__b=""
    )
    before = desk.text(LOG).replace("\n", "\r\n")
    desk.files.texts[LOG] = before
    desk.do("link artifacts/b.md")
    item = '    "artifacts/a.md",\r\n    "artifacts/b.md",\r\n]'
    entry = "- [2026-06-05T09:00:00Z] `dev-api`: Linked artifact: `artifacts/b.md`\r\n"
    assert desk.text(LOG) == before.replace('    "artifacts/a.md",\r\n]', item) + entry


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("../other/a.md", "lies outside the session's folder"),
        ("artifacts/../../a.md", "lies outside the session's folder"),
        ("/etc/passwd", "lies outside the session's folder"),
        ("docs/plan.md", "lies outside the session's folder"),
        ("artifacts/notes", "is a folder"),
        ("artifacts/notes/", "is a folder"),
        (HOME, "is a folder"),
        ("artifacts/notes/B.md", "there is no file artifacts/notes/B.md"),
        ("artifacts/notes/A.txt", "did you mean artifacts/notes/A.md?"),
        ("artifacts/Notes/a.md", "it is spelled artifacts/notes/A.md"),
        ("artifacts/listed.md", "is in related_artifacts already"),
        (LOG, "is the session itself"),
        ("artifacts/notes/README.md", "is no artifact itself"),
        ("artifacts/README.md", "is no artifact itself"),
    ],
)
def test_what_cannot_be_linked_is_refused_with_the_reason(given: str, reason: str):
    desk = desk_with('related_artifacts = ["artifacts/listed.md"]\n', artifacts__notes__A="", artifacts__listed="")
    desk.files.texts |= {"docs/plan.md": "", f"{HOME}/artifacts/README.md": "", f"{HOME}/artifacts/notes/README.md": ""}
    assert reason in desk.refused(f"link artifacts/notes/A.md {given}")
    assert listed(desk) == ["artifacts/listed.md"]


def test_a_readme_that_is_not_the_one_of_a_standard_folder_can_be_linked():
    desk = desk_with(artifacts__design_outputs__bakery__README="")
    desk.do("link artifacts/design_outputs/bakery/README.md")
    assert listed(desk) == ["artifacts/design_outputs/bakery/README.md"]


def test_all_that_is_not_listed_is_linked_but_readmes_and_hidden_files():
    desk = desk_with(
        artifacts__notes__A="", artifacts__context__B="", artifacts__notes__README="", artifacts__notes__tmp="", plan=""
    )
    desk.files.texts[f"{HOME}/artifacts/notes/.tmp"] = ""
    desk.do("artifact link-all")
    assert listed(desk) == ["artifacts/context/B.md", "artifacts/notes/A.md", "artifacts/notes/tmp.md"]
    assert desk.problems() == []
    before = desk.text(LOG)
    assert "lacks nothing" in desk.do("artifact link-all").text
    assert desk.text(LOG) == before


def test_an_artifact_is_taken_off_the_list_and_stays():
    desk = desk_with('related_artifacts = ["artifacts/a.md", "artifacts/b.md", "./artifacts/a.md"]\n', artifacts__a="A")
    desk.do(f"artifact unlink {HOME}/artifacts/a.md")
    assert listed(desk) == ["artifacts/b.md"]
    assert desk.text(f"{HOME}/artifacts/a.md") == "A"
    assert desk.text(LOG).endswith("Artifact taken off the list: `./artifacts/a.md`\n")


def test_what_is_listed_wrongly_can_be_taken_off_too():
    desk = desk_with('related_artifacts = ["../tasks/x.md"]\n')
    desk.do("artifact unlink ../tasks/x.md")
    assert listed(desk) == []
    assert desk.problems() == []


def test_what_is_not_listed_cannot_be_taken_off():
    assert "a.md is not in related_artifacts" in desk_with(artifacts__a="").refused("artifact unlink artifacts/a.md")


def test_the_list_tells_apart_what_is_listed_missing_and_not_listed():
    desk = desk_with(
        'related_artifacts = ["artifacts/a.md", "artifacts/gone.md", "https://example.org/x", "artifacts/notes"]\n',
        artifacts__a="", artifacts__notes__b="",
    )  # fmt: skip
    outcome = desk.do("artifact list")
    assert outcome.plan == ()
    assert outcome.data["listed"] == ["artifacts/a.md", "https://example.org/x", "artifacts/notes"]
    assert outcome.data["missing"] == ["artifacts/gone.md"]
    assert outcome.data["unlisted"] == ["artifacts/notes/b.md"]
    assert "artifacts/gone.md  (missing)\nartifacts/notes/b.md  (not listed)" in outcome.text
    assert desk_with().do("artifact list").text == "SESSION-Slots-2506050301 has no artifacts."
