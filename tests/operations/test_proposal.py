"""Proposed edits, from the proposal to the decision: text in, text out."""

from __future__ import annotations

import io
import shlex
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdtm.cli import main
from mdtm.document import Document
from mdtm.files import Memory
from mdtm.plan import Create, Plan, apply, in_turn
from mdtm.proposals import BASE_TEXT, CHANGE, TEXT, possible, read_proposal
from tests.doing import Desk

SESSION = ".ruru/sessions/SESSION-Tidy_up-2606050900"
LOG = f"{SESSION}/session_log.md"
TARGET = "docs/notes.md"
OLD = "one\ntwo\nthree\nfour\nfive\n"
NEW = OLD.replace("two", "2 🟢")
NAME = "proposed_edit_notes.md_20260605-090100"
PROPOSAL = f"{SESSION}/artifacts/{NAME}.md"
TEXTS = st.text(st.sampled_from("a`#+ \t\r\né🟢\u2028\ufeff"), max_size=30)


def begun(old: str | None = OLD, dialect: str = "ruru-v7") -> Desk:
    """A desk with a session and the file that is to be changed."""
    desk = Desk({TARGET: old} if old is not None else "")
    desk.do(f'start "Tidy up" --dialect {dialect}')
    return desk


def proposed(new: str = NEW, old: str | None = OLD) -> Desk:
    """The same, with a proposal."""
    desk = begun(old)
    desk.do(f"proposal create {TARGET} --text {shlex.quote(new)}")
    return desk


def paths(plan: Plan) -> list[str]:
    return list(dict.fromkeys(step.path for step in plan))


def entries(desk: Desk) -> list[str]:
    """What the log's entries say, without their times."""
    log = Document.read(LOG, desk.text(LOG))
    return [placed.entry.line[placed.entry.text_span.start :].rstrip() for placed in log.entries()]


def read(desk: Desk, path: str = PROPOSAL) -> Document:
    return Document.read(path, desk.text(path))


def test_a_proposal_is_written_logged_listed_and_asked_about_and_the_file_stays():
    desk = begun()
    outcome = desk.do(f"proposal create {TARGET} --text {shlex.quote(NEW)}")
    assert desk.text(TARGET) == OLD
    assert paths(outcome.plan) == [PROPOSAL, LOG]
    assert outcome.show == PROPOSAL
    assert f'related_artifacts = ["artifacts/{NAME}.md"]' in desk.text(LOG)
    assert entries(desk)[1:] == [
        f"Proposal: `artifacts/{NAME}.md` changes `docs/notes.md`",
        f"Confirmation asked: shall `docs/notes.md` be changed as in `artifacts/{NAME}.md`?",
    ]
    assert desk.problems() == []


def test_this_is_what_a_proposal_looks_like():
    base, new = (sha256(text.encode()).hexdigest() for text in (OLD, NEW))
    assert (
        proposed().text(PROPOSAL)
        == f"""\
+++
id = "{NAME}"
session_id = "SESSION-Tidy_up-2606050900"
type = "proposed_edit"
created_time = "2026-06-05T09:01:00Z"
target = "docs/notes.md"
base = "{base}"
proposed = "{new}"
author = "dev-api"
state = "proposed"
decided_by = ""
decided_time = ""
reason = ""
+++

# Proposed edit of docs/notes.md

The file is changed when this is approved, and not before: `mdtm proposal approve {NAME}`.
`mdtm proposal reject {NAME} --reason "…"` leaves the file as it is.

## Change

```diff
--- a/docs/notes.md
+++ b/docs/notes.md
@@ -1,5 +1,5 @@
 one
-two
+2 🟢
 three
 four
 five
```

## Proposed text

```md
one
2 🟢
three
four
five
```

## Text when it was proposed

```md
one
two
three
four
five
```
"""
    )


@given(TEXTS, st.none() | TEXTS)
def test_what_is_proposed_is_what_is_written(new: str, old: str | None):
    desk = begun(old)
    desk.files.texts["new.txt"] = new
    if new == old:
        assert "nothing to propose" in desk.refused(f"proposal create {TARGET} --file new.txt")
        return
    desk.do(f"proposal create {TARGET} --file new.txt")
    parts = read_proposal(read(desk))
    assert parts and parts.text == new and parts.base_text == (old or "")
    desk.do("proposal approve")
    assert desk.text(TARGET) == new
    del desk.files.texts[TARGET], desk.files.texts["new.txt"]  # the faults in there are its own
    assert desk.problems() == []


def test_an_approval_is_in_the_log_before_the_file_is_changed():
    desk = proposed()
    outcome = desk.do("proposal approve --actor jane")
    assert paths(outcome.plan) == [LOG, TARGET, PROPOSAL]
    assert desk.text(TARGET) == NEW
    assert f"`jane`: Confirmation given: `artifacts/{NAME}.md` for `docs/notes.md`\n" in desk.text(LOG)
    assert entries(desk)[-1] == "Proposal: approved, `docs/notes.md` is changed as proposed"
    text = desk.text(PROPOSAL)
    assert 'state = "approved"\ndecided_by = "jane"\ndecided_time = "2026-06-05T09:02:00Z"\n' in text
    assert desk.problems() == []


@pytest.mark.parametrize("done", range(4))
def test_however_far_an_approval_came_it_is_in_the_log_and_can_be_given_again(done: int):
    desk = proposed()
    before = dict(desk.files.texts)
    plan = desk.do("proposal approve").plan
    steps = [step for _, turn in list(in_turn(plan))[:done] for step in turn]
    desk.files = Memory(apply(tuple(steps), before))
    assert ("Confirmation given" in desk.text(LOG)) is (done > 0)
    assert (desk.text(TARGET) == NEW) is (done > 1)
    if done < 3:
        desk.do("proposal approve")
    assert desk.text(TARGET) == NEW
    assert desk.do("proposal list").data["proposals"][0]["state"] == "approved"


def test_an_approval_that_broke_off_behind_the_file_is_only_recorded():
    desk = proposed()
    desk.files.texts[TARGET] = NEW
    outcome = desk.do("proposal approve")
    assert paths(outcome.plan) == [LOG, PROPOSAL]
    assert entries(desk)[-1] == "Proposal: approved, `docs/notes.md` is as proposed already"
    assert 'state = "approved"' in desk.text(PROPOSAL)


def test_only_the_lines_that_differ_are_replaced():
    steps = [step for step in proposed().do("proposal approve").plan if step.path == TARGET]
    assert [(getattr(step, "old", None), getattr(step, "new", None)) for step in steps] == [("two\n", "2 🟢\n")]


def test_a_new_file_is_made_when_it_is_approved():
    desk = proposed("hello", old=None)
    assert 'base = ""' in desk.text(PROPOSAL)
    outcome = desk.do("proposal approve")
    assert Create(TARGET, "hello") in outcome.plan
    assert desk.text(TARGET) == "hello"
    assert desk.problems() == []


def test_a_file_that_somebody_made_meanwhile_is_not_overwritten():
    desk = proposed("hello\n", old=None)
    desk.files.texts[TARGET] = "mine\n"
    assert "`mdtm proposal rebase" in desk.refused("proposal approve")
    assert "< mine" in desk.refused("proposal rebase")


@pytest.mark.parametrize("now", [OLD + "six\n", OLD.replace("\n", "\r\n"), OLD[:-1], ""])
def test_a_stale_proposal_is_never_applied(now: str):
    desk = proposed()
    desk.files.texts[TARGET] = now
    message = desk.refused("proposal approve")
    assert message.startswith("docs/notes.md has changed since")
    assert f"`mdtm proposal rebase {NAME}`" in message
    assert desk.text(TARGET) == now


def test_a_proposal_for_a_file_that_is_gone_is_not_applied():
    desk = proposed()
    del desk.files.texts[TARGET]
    assert "is not there any more" in desk.refused("proposal approve")
    assert "is not there any more" in desk.refused("proposal rebase")


def test_a_proposal_that_was_changed_is_not_what_was_asked_about():
    desk = proposed()
    desk.files.texts[PROPOSAL] = desk.text(PROPOSAL).replace(
        "2 🟢\nthree\nfour\nfive\n```\n\n## Text", "3\n```\n\n## Text"
    )
    for command in ("approve", "diff", "rebase"):
        assert "is not the one that was proposed" in desk.refused(f"proposal {command}")


def test_a_proposal_without_its_text_is_refused_and_can_be_rejected():
    desk = proposed()
    desk.files.texts[PROPOSAL] = desk.text(PROPOSAL).partition("## Proposed")[0]
    assert 'no text under "Proposed text"' in desk.refused("proposal approve")
    desk.do('proposal reject --reason "it is broken"')
    assert 'state = "rejected"' in desk.text(PROPOSAL)


def test_a_proposal_survives_other_line_ends_of_its_own_file():
    desk = proposed(NEW.replace("\n", "\r\n"), OLD.replace("\n", "\r\n"))
    assert "\r" not in desk.text(PROPOSAL)
    desk.files.texts[PROPOSAL] = desk.text(PROPOSAL).replace("\n", "\r\n")
    desk.do("proposal approve")
    assert desk.text(TARGET) == NEW.replace("\n", "\r\n")
    assert 'state = "approved"\r\n' in desk.text(PROPOSAL)


def test_a_rejection_is_logged_with_its_reason_and_the_file_stays():
    desk = proposed()
    desk.do('proposal reject --reason "the \\"old\\" one is right 🟢" --actor jane')
    assert desk.text(TARGET) == OLD
    assert entries(desk)[-1] == (
        f'Proposal: rejected, `artifacts/{NAME}.md` for `docs/notes.md`: the "old" one is right 🟢'
    )
    document = read(desk)
    wanted = {"state": "rejected", "decided_by": "jane", "reason": 'the "old" one is right 🟢'}
    assert {name: document.frontmatter.text(name) for name in wanted} == wanted
    assert desk.problems() == []


def test_a_rejection_needs_a_reason():
    assert "give --reason" in proposed().refused('proposal reject --reason "  "')


@pytest.mark.parametrize("command", ["approve", 'reject --reason "no"', "rebase"])
def test_what_is_decided_stays_decided(command: str):
    desk = proposed()
    desk.do("proposal approve --actor jane")
    verb, _, rest = command.partition(" ")
    assert desk.refused(f"proposal {verb} {NAME} {rest}") == f"{NAME} is approved by jane; propose the change anew"


def test_a_rebase_takes_in_what_has_changed_elsewhere():
    desk = proposed()
    now = OLD.replace("five", "5") + "six\n"
    desk.files.texts[TARGET] = now
    outcome = desk.do("proposal rebase")
    assert paths(outcome.plan) == [PROPOSAL, LOG]
    assert desk.text(TARGET) == now
    assert f'base = "{sha256(now.encode()).hexdigest()}"' in desk.text(PROPOSAL)
    assert entries(desk)[-2:] == [
        f"Proposal: `artifacts/{NAME}.md` is brought up to date with `docs/notes.md`",
        f"Confirmation asked: shall `docs/notes.md` be changed as in `artifacts/{NAME}.md` as it is now?",
    ]
    proposal = read_proposal(read(desk))
    assert proposal and proposal.base_text == now and proposal.text == NEW.replace("five", "5") + "six\n"
    assert "-two\n+2 🟢\n" in desk.text(PROPOSAL) and "+six" not in desk.text(PROPOSAL)
    assert desk.problems() == []
    desk.do("proposal approve")
    assert desk.text(TARGET) == proposal.text


def test_a_rebase_keeps_what_people_wrote_into_the_proposal():
    desk = proposed()
    desk.files.texts[PROPOSAL] = desk.text(PROPOSAL).replace("## Proposed text\n", "Why: 🟢\n\n## Proposed text\n")
    desk.files.texts[PROPOSAL] += "\nA last word.\n"
    desk.files.texts[TARGET] = OLD + "six\n"
    desk.do("proposal rebase")
    assert "Why: 🟢\n\n## Proposed text\n" in desk.text(PROPOSAL)
    assert desk.text(PROPOSAL).endswith("\nA last word.\n")


def test_a_conflict_is_shown_and_nothing_is_guessed():
    desk = proposed()
    desk.files.texts[TARGET] = OLD.replace("two", "zwei")
    before = dict(desk.files.texts)
    message = desk.refused("proposal rebase")
    assert "line 2 of the text when it was proposed:\n  two\n< zwei\n=======\n> 2 🟢\n" in message
    assert desk.files.texts == before


def test_there_is_nothing_to_rebase_where_nothing_has_changed():
    desk = proposed()
    assert "is up to date" in desk.refused("proposal rebase")
    desk.files.texts[TARGET] = NEW
    assert "is as proposed already" in desk.refused("proposal rebase")


def test_the_diff_is_that_to_the_file_as_it_is_now():
    desk = proposed()
    desk.files.texts[TARGET] = OLD.replace("five", "5")
    outcome = desk.do("proposal diff")
    assert outcome.plan == ()
    assert "-two\n+2 🟢\n" in outcome.text and "-5\n+five" in outcome.text
    assert outcome.data["stale"] is True
    desk.files.texts[TARGET] = NEW
    assert desk.do("proposal diff").text == f"docs/notes.md has the text of artifacts/{NAME}.md"


def test_a_change_may_be_given_as_a_diff_or_as_the_path_of_one():
    diff = "--- a/docs/notes.md\n+++ b/docs/notes.md\n@@ -2 +2 @@\n-two\n+2 🟢\n"
    for said in (diff, "change.diff"):
        desk = begun()
        desk.files.texts["change.diff"] = diff
        desk.do(f"proposal create {TARGET} --diff {shlex.quote(said)}")
        desk.do("proposal approve")
        assert desk.text(TARGET) == NEW


def test_a_diff_that_does_not_fit_is_refused():
    message = begun().refused(f"proposal create {TARGET} --diff '@@ -1 +1 @@\n-two\n+2\n'")
    assert message == "the diff does not fit docs/notes.md: its line 1 has 'one\\n', not 'two\\n'"


@pytest.mark.parametrize("given", ["", "--text a --file new.txt", "--text a --diff new.txt"])
def test_a_change_is_given_in_just_one_way(given: str):
    assert "in one way" in begun().refused(f"proposal create {TARGET} {given}")


def test_a_file_may_become_empty():
    desk = proposed("")
    desk.do("proposal approve")
    assert desk.text(TARGET) == ""


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../notes.md", "no path inside the workspace"),
        ("docs/../../notes.md", "no path inside the workspace"),
        ("/etc/hosts", "no path inside the workspace"),
        ("C:/notes.md", "no path inside the workspace"),
        (".", "no path inside the workspace"),
        (".git/config", "git's own"),
        ("docs/.GIT/hooks/x", "git's own"),
        ("'docs/.git. /x'", "git's own"),
        ("docs", "is a folder"),
        ("docs/NOTES.md", "differs only in case from notes.md"),
        ("'a\nb'", "has a character"),
        (PROPOSAL, "is a proposal itself"),
        (LOG, "is a log"),
    ],
)
def test_not_every_file_may_be_the_target(target: str, message: str):
    desk = proposed()
    assert message in desk.refused(f"proposal create {target} --text x")


def test_a_target_may_be_spelled_as_on_windows():
    desk = begun()
    desk.do("proposal create './docs\\notes.md' --text x")
    assert 'target = "docs/notes.md"' in desk.text(PROPOSAL)


def test_a_proposal_whose_target_was_changed_to_lead_out_is_refused():
    desk = proposed()
    desk.files.texts[PROPOSAL] = desk.text(PROPOSAL).replace('"docs/notes.md"', '"../notes.md"')
    for command in ("approve", "rebase", "diff"):
        assert "no path inside the workspace" in desk.refused(f"proposal {command}")


def test_what_is_not_utf_8_is_not_proposed():
    assert "docs/notes.md is not UTF-8" in begun("a\ufffd\n").refused(f"proposal create {TARGET} --text x")
    desk = begun()
    desk.files.texts["new.txt"] = "\ufffd"
    assert "not UTF-8" in desk.refused(f"proposal create {TARGET} --file new.txt")
    assert "not UTF-8" in desk.refused(f"proposal create {TARGET} --text '\udcff'")


def test_a_second_proposal_in_the_same_second_gets_another_name():
    desk = proposed()
    desk.now = desk.now.replace(minute=1)
    desk.do(f"proposal create {TARGET} --text x")
    assert f"{SESSION}/artifacts/{NAME}-2.md" in desk.files.texts


def test_without_a_name_the_only_open_proposal_is_meant():
    desk = begun()
    assert desk.refused("proposal approve").startswith("SESSION-Tidy_up-2606050900 has no open proposal")
    desk.do(f"proposal create {TARGET} --text x")
    desk.do("proposal create README.md --text x")
    message = desk.refused("proposal approve")
    assert NAME in message and "proposed_edit_README.md_20260605-090200  README.md" in message
    desk.do("proposal approve readme")
    desk.do("proposal approve")
    assert desk.text("README.md") == desk.text(TARGET) == "x"


@pytest.mark.parametrize("name", [NAME, f"{NAME}.md", f"artifacts/{NAME}.md", PROPOSAL, "NOTES"])
def test_a_proposal_has_several_names(name: str):
    desk = proposed()
    assert desk.do(f"proposal approve {name}").data["id"] == NAME


def test_an_unknown_name_is_refused_with_the_nearest():
    assert f"did you mean {NAME}?" in proposed().refused(f"proposal approve {NAME.replace('notes', 'otes')}")
    assert "see `mdtm proposal list`" in proposed().refused("proposal approve 🟢")


def test_a_proposal_of_a_paused_session_is_decided_in_the_log_of_that_session():
    desk = proposed()
    desk.do('start "Other work"')
    desk.do(f"proposal approve {NAME}")
    assert entries(desk)[-1].startswith("Proposal: approved")
    assert desk.text(TARGET) == NEW
    assert desk.problems() == []


def test_the_proposals_of_a_session_are_listed_and_those_that_are_stale_marked():
    desk = proposed()
    desk.do("proposal create README.md --text x")
    desk.do("proposal approve README")
    desk.files.texts[TARGET] += "six\n"
    outcome = desk.do("proposal list")
    assert outcome.text == (
        "proposed_edit_README.md_20260605-090200  approved  README.md\n"
        f"{NAME}  proposed  docs/notes.md  (the file has changed since)"
    )
    assert [row["stale"] for row in outcome.data["proposals"]] == [False, True]
    assert desk.do("proposal list --state rejected").text == "There is no proposal here."
    desk.do('start "Other work"')
    assert desk.do("proposal list").data["proposals"] == []
    assert len(desk.do("proposal list --all").data["proposals"]) == 2


def test_a_skipped_confirmation_is_logged_with_its_reason():
    desk = begun()
    desk.do(f'proposal skip {TARGET} --reason "only a comment"')
    assert entries(desk)[-1] == "Confirmation skipped: `docs/notes.md`: only a comment"
    assert "give --reason" in desk.refused(f'proposal skip {TARGET} --reason ""')
    assert "no path inside" in desk.refused('proposal skip ../x --reason "only a comment"')
    assert desk.problems() == []


@pytest.mark.parametrize(
    ("dialect", "folder"),
    [
        ("ruru-v5", "artifacts/"),
        ("ruru-v7", "artifacts/"),
        ("commander", "artifacts/"),
        ("mdtm", "notes/"),
        ("orchestration", "artifacts/"),
        ("workflow", ""),
    ],
)
def test_every_system_has_a_place_for_proposals(dialect: str, folder: str):
    desk = begun(dialect=dialect)
    outcome = desk.do(f"proposal create {TARGET} --text {shlex.quote(NEW)}")
    session = outcome.show.removesuffix(f"/{folder}{NAME}.md")
    assert session.count("/") == (1 if dialect == "workflow" else 3 if dialect == "commander" else 2)
    assert f'["{folder}{NAME}.md"]' in desk.text(f"{session}/session_log.md")
    desk.do("proposal approve")
    assert desk.text(TARGET) == NEW
    assert desk.problems() == []


def test_a_log_without_a_list_of_artifacts_gets_one_and_keeps_its_line_ends():
    desk = begun()
    text = desk.text(LOG).replace("related_artifacts = []\n", "").replace("\n", "\r\n")
    desk.files.texts[LOG] = text
    desk.do(f"proposal create {TARGET} --text x")
    assert f'related_artifacts = ["artifacts/{NAME}.md"]\r\n' in desk.text(LOG)
    assert "\n" not in desk.text(LOG).replace("\r\n", "")
    assert desk.problems() == []


def test_a_log_whose_list_is_broken_is_refused_and_nothing_is_written():
    desk = begun()
    desk.files.texts[LOG] = desk.text(LOG).replace("related_artifacts = []", 'related_artifacts = ["a')
    before = dict(desk.files.texts)
    assert "related_artifacts cannot be read" in desk.refused(f"proposal create {TARGET} --text x")
    assert desk.files.texts == before


def test_a_document_tells_what_can_be_done_with_it():
    desk = proposed()
    assert possible(desk.files, read(desk)) == ("proposal.diff", "proposal.approve", "proposal.reject")
    desk.files.texts[TARGET] = OLD + "six\n"
    assert possible(desk.files, read(desk)) == ("proposal.diff", "proposal.rebase", "proposal.reject")
    desk.files.texts[TARGET] = NEW
    assert possible(desk.files, read(desk))[1] == "proposal.approve"
    desk.do("proposal approve")
    assert possible(desk.files, read(desk)) == ("proposal.diff",)
    assert possible(desk.files, read(desk, LOG)) == ()


def test_the_template_has_the_headings_that_are_looked_for():
    lines = proposed().text(PROPOSAL).splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == [CHANGE, TEXT, BASE_TEXT]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace on the disk with an active session."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["start", "Tidy up"]) == 0
    return tmp_path


def given_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_text_may_come_over_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch):
    data = "a\r\n🟢\tb\nno end".encode()
    given_input(monkeypatch, data)
    assert main(["proposal", "create", "new.txt", "--text", "-"]) == 0
    assert not (folder / "new.txt").exists()
    assert main(["proposal", "approve"]) == 0
    assert (folder / "new.txt").read_bytes() == data
    given_input(monkeypatch, b"first\nsecond\n")
    assert main(["log", "-"]) == 0
    (log,) = folder.glob(".ruru/sessions/*/session_log.md")
    assert log.read_text("utf-8").endswith(": first\n  second\n")


def test_standard_input_that_is_not_utf_8_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    given_input(monkeypatch, b"ab\xff")
    assert main(["proposal", "create", "new.txt", "--text", "-"]) == 1
    assert "standard input is not UTF-8, from its byte 3 on" in capsys.readouterr().err


def test_a_link_that_leads_out_is_no_target(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
):
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_text("secret")
    (folder / "link").symlink_to(outside)
    for source in (["link", "--text", "x"], ["new.txt", "--file", "link"]):
        assert main(["proposal", "create", *source]) == 1
        assert "leads out of the workspace" in capsys.readouterr().err
    assert not list(folder.glob(".ruru/sessions/*/artifacts/proposed*"))


def test_bytes_that_are_no_text_are_no_target(folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / "data").write_bytes(b"\xff\n")
    assert main(["proposal", "create", "data", "--text", "x"]) == 1
    assert "data is not UTF-8" in capsys.readouterr().err
