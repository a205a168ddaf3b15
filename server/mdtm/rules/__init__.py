"""Every rule, in reading order: one fault per file, named for it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from importlib import import_module

from mdtm.problem import Problem

Rule = Callable[..., Iterator[Problem]]
"""What a rule judges is the type of its first parameter.

A rule of the Frontmatter gets the Document as well, of which it may read the frontmatter,
the path and what follows from them.
A rule of an Entry judges how one is written, and is not asked about those that are written as templates do it.
A rule of the Timeline judges how the entries follow each other, and gets the Workspace as well.
A rule of a Reading judges the text of a block of lines, whatever it is; its spans count from the block's start.
A rule of the Document gets the Workspace; it is asked after every change, and so should be quick.
A rule of the Suppressions judges the comments that allow faults, after all others; it gets the Document as well.
"""

_NAMES: dict[str, tuple[str, ...]] = {
    "syntax": (
        "not_utf8",
        "broken_toml",
        "broken_yaml",
        "broken_json",
        "missing_opening_fence",
        "missing_closing_fence",
        "missing_frontmatter",
        "yaml_frontmatter",
        "json_frontmatter",
        "duplicate_key",
        "conflict_marker",
    ),
    "frontmatter": (
        "missing_field",
        "wrong_type",
        "bad_time",
        "id_mismatch",
        "deprecated_key",
        "unknown_priority",
        "unknown_type",
        "unknown_value",
        "padded_value",
        "duplicate_item",
        "empty_item",
        "misplaced_path",
        "placeholder_value",
        "template_comment",
        "hidden_character",
        "padded_fence",
        "date_order",
        "folder_time_mismatch",
        "future_time",
        "id_shape",
    ),
    "entries": (
        "out_of_order",
        "duplicate_entry",
        "entry_after_end",
        "entry_before_start",
        "future_entry",
        "untimed_entry",
        "placeholder_entry",
        "mixed_zones",
        "mixed_forms",
        "missing_log_section",
        "log_heading_form",
        "doubled_log_section",
        "entry_outside_log",
        "unclosed_fence",
    ),
    "state": (
        "unknown_status",
        "wrong_end_time",
        "end_before_start",
        "stale_session",
        "finished_but_active",
        "several_active",
        "marker_disagrees",
        "broken_context",
        "dangling_context",
        "context_mismatch",
    ),
    "clock": (
        "dangling_clock",
        "never_popped",
        "overlapping_clock",
        "idle_clock",
        "estimate_exceeded",
    ),
    "artifacts": (
        "dangling_artifact",
        "absolute_path",
        "escaping_path",
        "wrong_base_path",
        "backslash_path",
        "device_name",
        "case_mismatch",
        "path_with_place",
        "unlisted_artifact",
        "dangling_mention",
        "artifact_name_form",
        "artifact_wrong_folder",
        "artifact_session_mismatch",
        "artifact_type_mismatch",
    ),
    "tasks": (
        "done_with_open_boxes",
        "done_without_summary",
        "all_ticked_not_done",
        "todo_with_ticked_box",
        "missing_parent",
        "missing_dependency",
        "missing_related_task",
        "self_dependency",
        "dependency_cycle",
        "duplicate_id",
        "open_dependency",
        "open_subtask",
        "dangling_document",
        "broken_box",
    ),
    "trace": (
        "unlisted_task",
        "dangling_task",
        "task_not_listed",
        "unknown_session",
        "unknown_sprint",
        "sprint_mismatch",
        "task_not_in_sprint",
        "done_with_open_tasks",
    ),
    "proposals": (
        "unknown_proposal_state",
        "proposal_without_target",
        "broken_proposal",
        "stale_proposal",
        "forgotten_proposal",
    ),
    "workflow": (
        "status_against_place",
        "unknown_phase",
        "workflow_id_form",
        "completed_without_time",
        "log_against_state",
        "missing_state_file",
    ),
    "hygiene": (
        "mojibake",
        "replacement_character",
        "invisible_character",
        "control_character",
        "html_entity",
        "template_text",
        "mixed_line_ends",
        "secret",
        "diff_line",
    ),
    "settings": (
        "unknown_setting",
        "bad_setting",
        "unknown_suppression",
        "suppression_without_reason",
        "unused_suppression",
    ),
}
"""The rules by what they are about, in the order in which the pages list them; each is a function in its own file."""


def _rule(name: str) -> Rule:
    rule: Rule = getattr(import_module(f"{__name__}.{name}"), name)
    return rule


FAMILIES = {family: tuple(map(_rule, names)) for family, names in _NAMES.items()}
ABOUT = {
    "clock": ("session-log", "task"),
    "tasks": ("task",),
    "trace": ("session-log", "task", "sprint", "artifact"),
    "proposals": ("artifact-proposed_edit", "other"),
    "workflow": ("session-log", "workflow-state"),
}
"""For the families that are about some kinds of documents only: how the names of those kinds begin."""
RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES.values() for rule in family)
SYNTAX = FAMILIES["syntax"]


def code_of(rule: Rule) -> str:
    """The rule's code, by which messages, settings and pages call it."""
    return rule.__name__.replace("_", "-")


@functools.cache
def rules_about(rules: tuple[Rule, ...], kind: str) -> tuple[Rule, ...]:
    """Those of some rules that have something to say of a kind of document."""
    others = {rule for family, kinds in ABOUT.items() if not kind.startswith(kinds) for rule in FAMILIES[family]}
    return tuple(rule for rule in rules if rule not in others)


def rule_named(code: str) -> Rule | None:
    return next((rule for rule in RULES if code_of(rule) == code), None)


FAMILY_OF = {code_of(rule): name for name, rules in FAMILIES.items() for rule in rules}
"""The family of each rule, by its code."""
NAMES = frozenset({*FAMILY_OF, *FAMILIES})
"""The codes of rules and the names of families: what settings can speak of."""
