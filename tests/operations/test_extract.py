"""Parts of files become artifacts."""

from __future__ import annotations

import pytest

from tests.doing import Desk

HOME = ".ruru/sessions/SESSION-Slots-2606050900"
LOG = f"{HOME}/session_log.md"
PLAN = "docs/plan.md"


def desk_with(**texts: str) -> Desk:
    """A desk with an active session, and files in `docs/`."""
    desk = Desk({f"docs/{name.replace('_', '.')}": text for name, text in texts.items()})
    desk.do("start Slots")
    return desk


def test_the_lines_are_copied_and_the_source_is_left_as_it_is():
    desk = desk_with(plan_md="# Plan 🎟️\n\nTen minutes,\r\nno more.\n\nEnd")
    desk.do('artifact extract docs/plan.md 3 4 research "Slot length"')
    path = "artifacts/research/RESEARCH-Slot_length-2606050901.md"
    text = desk.text(f"{HOME}/{path}")
    assert text.endswith("# Slot length\n\nTen minutes,\nno more.\n\nFrom `docs/plan.md`, lines 3 to 4.\n")
    assert desk.text(PLAN) == "# Plan 🎟️\n\nTen minutes,\r\nno more.\n\nEnd"
    assert f'"{path}"' in desk.text(LOG)
    assert f"Created artifact: `{path}` (research)\n" in desk.text(LOG)
    assert desk.problems() == []


def test_a_link_takes_the_place_of_the_lines():
    desk = desk_with(plan_md="# Plan\r\n\r\n  Ten 🎟️\r\n  no more\r\n\r\nEnd\r\n")
    desk.do('artifact extract docs/plan.md 3 4 note "Slots [a]" --replace')
    link = f"  [Slots \\[a\\]](../{HOME}/artifacts/notes/NOTE-Slots_a-2606050901.md)"
    assert desk.text(PLAN) == f"# Plan\r\n\r\n{link}\r\n\r\nEnd\r\n"
    assert desk.problems() == []


def test_lines_of_the_log_itself_give_way_to_a_link_in_one_change():
    desk = desk_with()
    desk.do('log "Read this:\n```py\nslots = 10\n```" --kind note')
    lines = desk.text(LOG).splitlines()
    first = lines.index("  ```py") + 1
    desk.do(f'artifact extract session_log.md {first} {first + 2} snippet "Slots" --replace')
    path = "artifacts/snippets/SNIPPET-Slots-2606050902.md"
    after = desk.text(LOG)
    assert f"Read this:\n  [Slots]({path})\n- [2026-06-05T09:02:00Z] `dev-api`: Created artifact: `{path}`" in after
    assert "slots = 10" not in after
    assert "  ```py\n  slots = 10\n  ```" in desk.text(f"{HOME}/{path}")
    assert desk.problems() == []


def test_lines_of_code_are_fenced_as_their_language():
    desk = desk_with(slots_py="x = 1\ny = '''```'''\n")
    desk.do('artifact extract docs/slots.py 1 2 snippet "Slots"')
    text = desk.text(f"{HOME}/artifacts/snippets/SNIPPET-Slots-2606050901.md")
    assert "# Slots\n\n````py\nx = 1\ny = '''```'''\n````\n" in text
    assert 'description = "Slots"' in text


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("docs/none.md 1 1 note A", "there is no file docs/none.md"),
        ("docs/../../plan.md 1 1 note A", "lies outside"),
        ("/docs/plan.md 1 1 note A", "there is no file /docs/plan.md"),
        ("docs/plan.md 0 1 note A", "has the lines 1 to 5, not 0 to 1"),
        ("docs/plan.md 5 6 note A", "has the lines 1 to 5, not 5 to 6"),
        ("docs/plan.md 3 2 note A", "has the lines 1 to 5, not 3 to 2"),
        ("docs/plan.md 4 4 note A", "there is nothing in line 4"),
        ("docs/plan.md 2 5 note A --replace", "the frontmatter of docs/plan.md goes down to line 3"),
        ("docs/slots.py 1 1 note A --replace", "docs/slots.py is no Markdown"),
        ("docs/plan.md 5 5 note …", "no letter and no digit"),
    ],
)
def test_what_cannot_be_extracted_is_refused_with_the_reason(command: str, reason: str):
    desk = desk_with(plan_md='+++\nid = "x"\n+++\n\nText\n', slots_py="x = 1\n")
    before = dict(desk.files.texts)
    assert reason in desk.refused(f"artifact extract {command}")
    assert desk.files.texts == before
