"""The rules about proposed edits, over proposals that the verbs made."""

from __future__ import annotations

import pytest

from mdtm.plan import Refused
from mdtm.proposals import hash_of
from tests.doing import Desk

PATTERN = ".ruru/sessions/…/artifacts/proposed_edit_slots.md_20260605-090100.md"
TARGET = "docs/slots.md"


def desk_with_proposal(text: str = "Ten minutes 🟢\n") -> Desk:
    desk = Desk({TARGET: "Five minutes\n"} if text else {})
    desk.do('start "Slots"')
    desk.do(f"proposal create {TARGET} --text '{text or 'New'}'")
    assert desk.problems() == []
    return desk


def changed(desk: Desk, old: str, new: str) -> Desk:
    """The desk with another text in the proposal, wherever the old one stands."""
    path = desk.path(PATTERN)
    assert old in desk.files.texts[path]
    desk.files.texts[path] = desk.files.texts[path].replace(old, new)
    return desk


@pytest.mark.parametrize("verb", ["approve", "reject --reason no"])
def test_a_proposal_that_somebody_has_decided_on_has_no_problem(verb: str):
    desk = desk_with_proposal()
    desk.do(f"proposal {verb}")
    desk.do("complete")
    assert desk.problems() == []


def test_a_target_that_changed_makes_the_proposal_stale_until_it_is_rebased():
    desk = Desk({TARGET: "Five minutes\n\nA\n\nB\n"})
    desk.do('start "Slots"')
    desk.do(f"proposal create {TARGET} --text 'Ten minutes\n\nA\n\nB\n'")
    desk.files.texts[TARGET] = "Five minutes\n\nA\n\nC\n"
    assert desk.problems() == ["stale-proposal"]
    desk.do("proposal rebase")
    assert desk.problems() == []
    del desk.files.texts[TARGET]
    assert desk.problems() == ["stale-proposal"]


def test_a_file_that_was_made_meanwhile_makes_its_proposal_stale():
    desk = desk_with_proposal("")
    desk.files.texts[TARGET] = "Another\n"
    assert desk.problems() == ["stale-proposal"]
    desk.files.texts[TARGET] = "New"
    assert desk.problems() == ["stale-proposal"]


@pytest.mark.parametrize(("old", "new"), [("Ten minutes 🟢\n```", "Ten hours\n```"), ("## Proposed text", "## Text")])
def test_a_text_that_is_not_the_proposed_one_is_broken_as_approving_says_too(old: str, new: str):
    desk = changed(desk_with_proposal(), old, new)
    assert desk.problems() == ["broken-proposal"]
    with pytest.raises(Refused):
        desk.do("proposal approve")


def test_the_text_that_the_target_had_is_kept_too():
    assert changed(desk_with_proposal(), "Five minutes\n```", "Six minutes\n```").problems() == ["broken-proposal"]
    other = hash_of("Six minutes\n")
    desk = changed(desk_with_proposal(), f'base = "{hash_of("Five minutes" + chr(10))}"', f'base = "{other}"')
    assert sorted(desk.problems()) == ["broken-proposal", "stale-proposal"]


@pytest.mark.parametrize("target", ["", "/etc/passwd", "..\\\\x.md", "C:/x.md", ".git/config"])
def test_a_proposal_needs_a_target_inside_the_workspace(target: str):
    desk = changed(desk_with_proposal(), f'target = "{TARGET}"', f'target = "{target}"')
    assert "proposal-without-target" in desk.problems()


@pytest.mark.parametrize(
    ("state", "meant"), [("PROPOSED", True), ("open", True), ("aproved", True), ("maybe", False), ("", True)]
)
def test_a_state_that_no_proposal_has_is_found(state: str, meant: bool):
    desk = changed(desk_with_proposal(), 'state = "proposed"', f'state = "{state}"')
    assert desk.problems() == ["unknown-proposal-state"]


@pytest.mark.parametrize("verb", ["complete", "fail rain"])
def test_a_proposal_is_forgotten_when_its_session_is_over_and_not_while_it_rests(verb: str):
    desk = desk_with_proposal()
    desk.do("pause")
    assert desk.problems() == []
    desk.do("resume")
    desk.do(verb)
    assert desk.problems() == ["forgotten-proposal"]
