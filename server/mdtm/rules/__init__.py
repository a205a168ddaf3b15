"""Every rule, in reading order: one fault per file, named for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mdtm.problem import Problem
from mdtm.rules.all_ticked_not_done import all_ticked_not_done
from mdtm.rules.bad_time import bad_time
from mdtm.rules.broken_box import broken_box
from mdtm.rules.broken_json import broken_json
from mdtm.rules.broken_proposal import broken_proposal
from mdtm.rules.broken_toml import broken_toml
from mdtm.rules.broken_yaml import broken_yaml
from mdtm.rules.conflict_marker import conflict_marker
from mdtm.rules.dangling_artifact import dangling_artifact
from mdtm.rules.dangling_document import dangling_document
from mdtm.rules.dangling_task import dangling_task
from mdtm.rules.date_order import date_order
from mdtm.rules.dependency_cycle import dependency_cycle
from mdtm.rules.deprecated_key import deprecated_key
from mdtm.rules.done_with_open_boxes import done_with_open_boxes
from mdtm.rules.doubled_log_section import doubled_log_section
from mdtm.rules.duplicate_entry import duplicate_entry
from mdtm.rules.duplicate_id import duplicate_id
from mdtm.rules.duplicate_item import duplicate_item
from mdtm.rules.duplicate_key import duplicate_key
from mdtm.rules.empty_item import empty_item
from mdtm.rules.end_before_start import end_before_start
from mdtm.rules.entry_after_end import entry_after_end
from mdtm.rules.entry_before_start import entry_before_start
from mdtm.rules.entry_outside_log import entry_outside_log
from mdtm.rules.finished_but_active import finished_but_active
from mdtm.rules.folder_time_mismatch import folder_time_mismatch
from mdtm.rules.forgotten_proposal import forgotten_proposal
from mdtm.rules.future_entry import future_entry
from mdtm.rules.future_time import future_time
from mdtm.rules.hidden_character import hidden_character
from mdtm.rules.id_mismatch import id_mismatch
from mdtm.rules.id_shape import id_shape
from mdtm.rules.log_heading_form import log_heading_form
from mdtm.rules.marker_disagrees import marker_disagrees
from mdtm.rules.misplaced_path import misplaced_path
from mdtm.rules.missing_closing_fence import missing_closing_fence
from mdtm.rules.missing_dependency import missing_dependency
from mdtm.rules.missing_field import missing_field
from mdtm.rules.missing_frontmatter import missing_frontmatter
from mdtm.rules.missing_log_section import missing_log_section
from mdtm.rules.missing_opening_fence import missing_opening_fence
from mdtm.rules.missing_parent import missing_parent
from mdtm.rules.missing_related_task import missing_related_task
from mdtm.rules.mixed_forms import mixed_forms
from mdtm.rules.mixed_zones import mixed_zones
from mdtm.rules.not_utf8 import not_utf8
from mdtm.rules.open_dependency import open_dependency
from mdtm.rules.open_subtask import open_subtask
from mdtm.rules.out_of_order import out_of_order
from mdtm.rules.padded_fence import padded_fence
from mdtm.rules.padded_value import padded_value
from mdtm.rules.placeholder_entry import placeholder_entry
from mdtm.rules.placeholder_value import placeholder_value
from mdtm.rules.proposal_without_target import proposal_without_target
from mdtm.rules.self_dependency import self_dependency
from mdtm.rules.several_active import several_active
from mdtm.rules.stale_proposal import stale_proposal
from mdtm.rules.stale_session import stale_session
from mdtm.rules.task_not_listed import task_not_listed
from mdtm.rules.template_comment import template_comment
from mdtm.rules.todo_with_ticked_box import todo_with_ticked_box
from mdtm.rules.unclosed_fence import unclosed_fence
from mdtm.rules.unknown_priority import unknown_priority
from mdtm.rules.unknown_proposal_state import unknown_proposal_state
from mdtm.rules.unknown_session import unknown_session
from mdtm.rules.unknown_setting import unknown_setting
from mdtm.rules.unknown_status import unknown_status
from mdtm.rules.unknown_type import unknown_type
from mdtm.rules.unknown_value import unknown_value
from mdtm.rules.unlisted_artifact import unlisted_artifact
from mdtm.rules.unlisted_task import unlisted_task
from mdtm.rules.untimed_entry import untimed_entry
from mdtm.rules.wrong_end_time import wrong_end_time
from mdtm.rules.wrong_type import wrong_type
from mdtm.rules.yaml_frontmatter import yaml_frontmatter

Rule = Callable[..., Iterator[Problem]]
"""What a rule judges is the type of its first parameter.

A rule of the Frontmatter gets the Document as well, of which it may read the frontmatter,
the path and what follows from them.
A rule of an Entry judges how one is written, and is not asked about those that are written as templates do it.
A rule of the Timeline judges how the entries follow each other, and gets the Workspace as well.
A rule of a Reading judges the text of a block of lines, whatever it is; its spans count from the block's start.
A rule of the Document gets the Workspace; it is asked after every change, and so should be quick.
"""

FAMILIES: dict[str, tuple[Rule, ...]] = {
    "syntax": (
        not_utf8,
        broken_toml,
        broken_yaml,
        broken_json,
        missing_opening_fence,
        missing_closing_fence,
        missing_frontmatter,
        yaml_frontmatter,
        duplicate_key,
        conflict_marker,
    ),
    "frontmatter": (
        missing_field,
        wrong_type,
        bad_time,
        id_mismatch,
        deprecated_key,
        unknown_priority,
        unknown_type,
        unknown_value,
        padded_value,
        duplicate_item,
        empty_item,
        misplaced_path,
        placeholder_value,
        template_comment,
        hidden_character,
        padded_fence,
        date_order,
        folder_time_mismatch,
        future_time,
        id_shape,
    ),
    "entries": (
        out_of_order,
        duplicate_entry,
        entry_after_end,
        entry_before_start,
        future_entry,
        untimed_entry,
        placeholder_entry,
        mixed_zones,
        mixed_forms,
        missing_log_section,
        log_heading_form,
        doubled_log_section,
        entry_outside_log,
        unclosed_fence,
    ),
    "state": (
        unknown_status,
        wrong_end_time,
        end_before_start,
        stale_session,
        finished_but_active,
        several_active,
        marker_disagrees,
    ),
    "artifacts": (
        dangling_artifact,
        unlisted_artifact,
    ),
    "tasks": (
        done_with_open_boxes,
        all_ticked_not_done,
        todo_with_ticked_box,
        missing_parent,
        missing_dependency,
        missing_related_task,
        self_dependency,
        dependency_cycle,
        duplicate_id,
        open_dependency,
        open_subtask,
        dangling_document,
        broken_box,
    ),
    "trace": (
        unlisted_task,
        dangling_task,
        task_not_listed,
        unknown_session,
    ),
    "proposals": (
        unknown_proposal_state,
        proposal_without_target,
        broken_proposal,
        stale_proposal,
        forgotten_proposal,
    ),
    "workflow": (
    ),
    "hygiene": (
    ),
    "settings": (
        unknown_setting,
    ),
}  # fmt: skip
"""The rules by what they are about, in the order in which the pages list them; one rule a line."""
RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES.values() for rule in family)
SYNTAX = FAMILIES["syntax"]


def code_of(rule: Rule) -> str:
    """The rule's code, by which messages, settings and pages call it."""
    return rule.__name__.replace("_", "-")


def rule_named(code: str) -> Rule | None:
    return next((rule for rule in RULES if code_of(rule) == code), None)
