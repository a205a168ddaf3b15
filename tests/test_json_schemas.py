"""The JSON Schemas of the documents are current, valid, and say yes to what mdtm makes and no to what breaks tools."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mdtm.dialect import DIALECTS
from mdtm.disk import read_template
from mdtm.document import Document
from mdtm.json_schema import json_schemas
from mdtm.rules import RULES, code_of
from mdtm.schema.tasks import TASK_TYPES
from mdtm.templates import filled
from tests.checks import SESSION_KEYS, with_keys
from tests.doing import Desk
from tests.test_templates import SESSION_IDS, VALUES
from tests.write_schemas import FOLDER, files, write

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

each_schema = pytest.mark.parametrize("name", json_schemas())


def faults(name: str, instance: Any) -> list[str]:
    """Where and why a schema says no; nothing when it says yes."""
    found = Draft202012Validator(json_schemas()[name]).iter_errors(instance)
    return sorted(f"{'.'.join(map(str, error.path))}: {error.message}" for error in found)


def keys_of(text: str) -> dict[str, Any]:
    """What a TOML library reads between the +++ lines."""
    return tomllib.loads(text.split("+++\n")[1])


def test_the_schemas_in_docs_are_those_that_the_code_gives():
    there = {path.name: path.read_bytes().decode() for path in FOLDER.iterdir()}
    assert there == files(), "docs/schemas/ is not current: run `make pages` and commit what it writes"


def test_writing_the_schemas_removes_that_of_a_kind_that_is_gone(tmp_path: Path):
    (tmp_path / "gone.json").write_text("{}")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(files())


@each_schema
def test_a_schema_is_valid_and_says_what_it_is_for(name: str):
    schema = json_schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert (schema["$id"], schema["$schema"]) == (name, Draft202012Validator.META_SCHEMA["$id"])
    assert schema["title"] and schema["description"].endswith(".")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_session_log_made_from_the_template_is_valid(dialect: Any):
    values = {**VALUES, "id": SESSION_IDS[dialect.name], "status": dialect.active}
    assert faults("session-log.json", keys_of(filled(read_template("session_log.md"), values))) == []


@pytest.mark.parametrize("kind", TASK_TYPES)
def test_a_task_made_from_the_template_is_valid(kind: str):
    text = filled(read_template(f"{kind}.md"), {**VALUES, "id": "TASK-DEV-20260518-084500"})
    assert faults(f"task-{kind}.json", keys_of(text)) == []


def test_what_the_verbs_make_is_valid():
    desk = Desk()
    for command in ("start 'Bread'", "log 'Baked.'", "artifact create note 'Rye'", "task create 'Oven'", "pause"):
        desk.do(command)
    documents = [Document.read(path, text) for path, text in desk.files.texts.items() if path.endswith(".md")]
    judged = [one for one in documents if one.schema and one.frontmatter.syntax == "toml"]
    assert len(judged) > 2
    for document in judged:
        assert document.schema
        assert faults(f"{document.schema.name}.json", keys_of(str(document.text))) == [], document.path


def test_the_state_file_of_a_workflow_session_is_valid():
    desk = Desk()
    desk.do("start 'Bread' --dialect workflow")
    assert faults("workflow-state.json", json.loads(desk.text(".workflow/…/workflow-session.json"))) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('status = "🟢 Actve"', "status: '🟢 Actve' is not one of"),
        ('tags = "log"', "tags: 'log' is not of type 'array'"),
        ("related_tasks = [1]", "related_tasks.0: 1 is not of type 'string'"),
        ('session_type = "party"', "session_type: 'party' is not one of"),
    ],
)
def test_what_breaks_tools_is_invalid(line: str, fault: str):
    (found,) = faults("session-log.json", keys_of(with_keys(line)))
    assert found.startswith(fault)


def test_a_log_without_an_id_is_invalid_and_one_with_keys_of_its_own_is_not():
    sound = keys_of(with_keys('motto = "onwards"\nsession_type = ""'))
    assert faults("session-log.json", sound) == []
    del sound["id"]
    assert faults("session-log.json", sound) == [": 'id' is a required property"]
    assert set(SESSION_KEYS) <= set(json_schemas()["session-log.json"]["properties"])


def test_the_settings_file_knows_every_rule_and_nothing_else():
    for rule in RULES:
        assert faults("settings.json", {"rules": {code_of(rule): "off"}}) == []
    allowed = {"path": "docs/**", "rules": ["unknown-status", "hygiene"], "reason": "they are old"}
    assert faults("settings.json", {"rules": {"hygiene": "hint"}, "dialect": "mdtm", "allow": [allowed]}) == []
    assert faults("settings.json", {"allow": [{"path": "docs/**"}]}) != []
    assert faults("settings.json", {"dialect": "elsewhere"}) != []
    assert faults("settings.json", {"rules": {"unknown-status": "warn"}}) != []
    assert faults("settings.json", {"rules": {"unknown-statue": "off"}}) != []
    assert faults("settings.json", {"colour": "blue"}) != []
    assert faults("settings.json", {"rules": {"state": "off"}}) == []
    allowed = {"path": "old/", "rules": ["bad-time", "state"], "reason": "imported"}
    assert faults("settings.json", {"allow": [allowed], "exclude": ["old/"], "dialect": "mdtm"}) == []
    for wrong in ({"path": 3}, {"rules": ["sate"]}, {"colour": "blue"}):
        assert faults("settings.json", {"allow": [allowed | wrong]}) != []
