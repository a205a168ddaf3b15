"""What a check prints for programs: valid by the schema of each format, exact, and escaped as its readers undo it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from mdtm.document import Document
from mdtm.finding import Finding, Report, fingerprints
from mdtm.judge import fix_plan
from mdtm.pages import examples
from mdtm.plan import apply
from mdtm.problem import Fix, Problem, Severity
from mdtm.reports import FORMATS, WITH_STATISTICS, written
from mdtm.rules import RULES
from mdtm.text import Position, Span, Text
from tests.checks import SESSION_PATH, as_text, files_in, problems_in, with_keys

ROOT = Path(__file__).parent.parent
SCHEMAS = Path(__file__).parent / "schemas"
SARIF_SCHEMA = "lib/schemas/sarif-2.1.0-rtm.5.json"
PUBLISHED = os.environ.get("MDTM_SCHEMAS")
PUBLISHED_AS = {
    "sarif": "sarif-schema-2.1.0.json",
    "rdjson": "DiagnosticResult.json",
    "gitlab": "codeclimate.json",
}
FOLDER = "/home/ada/bakery"


def findings_in(text: str) -> list[Finding]:
    return [Finding(document.path, document.text, problem) for document, problem in problems_in(files_in(text))]


def all_findings() -> list[Finding]:
    """What is found in the bad example of each rule."""
    bad = [found["Bad"] for rule in RULES if "Bad" in (found := examples(rule))]
    return [finding for example in bad for finding in findings_in(as_text(example))]


def finding(
    message: str = "it is burnt", path: str = SESSION_PATH, text: str = "🟢 é bread\n", start: int = 4, end: int = 9
) -> Finding:
    """A finding of our own; what it is about, and where, is the word bread unless something else is said."""
    problem = Problem("bad-time", Severity.ERROR, Span(start, end), message)
    return Finding(path, Text.of(text), problem)


def told(form: str, findings: Iterable[Finding] = (), **report: Any) -> str:
    """A report in a form."""
    found = list(findings)
    paths = list(dict.fromkeys(finding.path for finding in found))
    return "".join(written(form, Report(found, report.pop("files", paths), folder=FOLDER, **report)))


def samples() -> dict[str, list[Finding]]:
    odd = 'a%b,c:d;e]f{g}[h](i)<j>&"k"\r\n##vso[l]::m \x07\x1b[31m \ufffe\udc80 ]]>'
    return {"nothing": [], "each rule": all_findings(), "odd characters": [finding(odd, path=f"a b/{odd[:30]}.md")]}


each_sample = pytest.mark.parametrize("sample", ["nothing", "each rule", "odd characters"])


def test_every_file_of_the_folder_is_a_format():
    leaves = {path.stem for path in (Path(__file__).parent.parent / "server" / "mdtm" / "reports").glob("*.py")}
    assert leaves == {*FORMATS, "__init__"}


@each_sample
@pytest.mark.parametrize("ascii_only", [False, True], ids=["utf-8", "ascii"])
@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "rdjson"])
def test_what_is_printed_has_the_form_that_the_documentation_gives(form: str, sample: str, ascii_only: bool):
    """The schemas are written by hand: see tests/schemas/README.md."""
    schema = json.loads((SCHEMAS / f"{form}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    text = told(form, samples()[sample], ascii=ascii_only)
    jsonschema.validate(json.loads(text), schema)
    assert text.endswith("\n")
    assert text.isascii() or not ascii_only


@pytest.mark.skipif(not PUBLISHED, reason="MDTM_SCHEMAS names no folder with the published schemas")
@each_sample
@pytest.mark.parametrize("form", PUBLISHED_AS)
def test_what_is_printed_has_the_form_that_is_published(form: str, sample: str):
    schema = json.loads((Path(PUBLISHED or "") / PUBLISHED_AS[form]).read_text("utf-8"))
    log = json.loads(told(form, samples()[sample]))
    for part in log if form == "gitlab" else [log]:  # GitLab's schema is about one issue
        jsonschema.validate(part, schema)


@pytest.mark.parametrize("form", ["sarif", "gitlab", "rdjson", "json"])
def test_the_schemas_here_find_what_is_wrong(form: str):
    schema = json.loads((SCHEMAS / f"{form}.json").read_text("utf-8"))
    text = told(form, [finding()])
    for right, wrong in (('"path"', '"pfad"'), ('"uri"', '"url"'), (": 1", ": 0"), (": 5", ': "5"')):
        if right in text:
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(json.loads(text.replace(right, wrong, 1)), schema)


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    """The schema of the standard, which a package for developers brings with it."""
    if shutil.which("npm") is None:
        pytest.skip("not run: there is no npm to install the published schema with")
    done = subprocess.run(["make", "-s", "client-vscode/node_modules/.ready"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads((ROOT / "client-vscode/node_modules/@microsoft/jest-sarif" / SARIF_SCHEMA).read_text("utf-8"))


@each_sample
def test_sarif_has_the_form_that_its_standard_publishes(sample: str, sarif_schema: Any):
    jsonschema.validate(json.loads(told("sarif", samples()[sample])), sarif_schema)


def test_json_lines_are_the_problems_of_json():
    findings = all_findings()
    lines = told("jsonl", findings).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(told("json", findings))["problems"]
    assert told("jsonl") == ""


def test_nothing_found_is_a_whole_document():
    assert told("json", files=["a.md"]) == '{"version": 1, "files": 1, "mended": 0, "problems": []}\n'
    assert told("gitlab") == "[]\n"
    assert told("rdjson") == '{"source": {"name": "mdtm"}, "diagnostics": []}\n'
    assert told("github") == told("azure") == ""
    assert json.loads(told("sarif"))["runs"][0]["results"] == []
    assert ElementTree.fromstring(told("junit")).attrib == {
        "name": "mdtm", "tests": "0", "failures": "0", "errors": "0",
    }  # fmt: skip


def test_columns_are_counted_as_each_format_wants_them():
    found = [finding()]
    assert json.loads(told("sarif", found))["runs"][0]["columnKind"] == "unicodeCodePoints"
    region = {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 10}
    assert region_of(told("sarif", found)) == region
    (diagnostic,) = json.loads(told("rdjson", found))["diagnostics"]
    assert diagnostic["location"]["range"] == {"start": {"line": 1, "column": 9}, "end": {"line": 1, "column": 14}}
    (issue,) = json.loads(told("gitlab", found))
    assert issue["location"]["positions"] == {"begin": {"line": 1, "column": 5}, "end": {"line": 1, "column": 10}}
    assert ",line=1,endLine=1,col=5,endColumn=10,title=mdtm bad-time::it is burnt\n" in told("github", found)
    assert "linenumber=1;columnnumber=5;code=bad-time;]it is burnt\n" in told("azure", found)


def region_of(sarif: str) -> dict[str, int]:
    (result,) = json.loads(sarif)["runs"][0]["results"]
    region: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    return region


def test_a_byte_order_mark_is_no_column_in_sarif():
    assert region_of(told("sarif", [finding(text="\ufeffbread", start=1, end=6)])) == {
        "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 6,
    }  # fmt: skip
    assert region_of(told("sarif", [finding(text="\ufeffbread", start=0, end=1)]))["startColumn"] == 1
    assert region_of(told("sarif", [finding(text="\ufeff\nbread", start=2, end=7)]))["startColumn"] == 1


def test_a_stretch_of_several_lines_has_no_columns_for_github():
    command = told("github", [finding(text="a\nbread\n", start=0, end=7)])
    assert command == f"::error file={SESSION_PATH},line=1,endLine=2,title=mdtm bad-time::it is burnt\n"


def read_github(line: str) -> tuple[str, dict[str, str], str]:
    """What GitHub's runner makes of a line, after its documentation and the toolkit that writes such lines."""
    match = re.fullmatch(r"::(\w+) (.*?)::(.*)", line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match[2].split(","))
    codes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return match[1], {name: undone(value, codes) for name, value in properties.items()}, undone(match[3], codes)


def read_azure(line: str) -> tuple[str, dict[str, str], str]:
    """What Azure's agent makes of a line, after its documentation: the first `]` ends the properties."""
    match = re.fullmatch(r"##vso\[([\w.]+) ([^\]]*)\](.*)", line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match[2].split(";") if part)
    codes = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}
    return match[1], {name: undone(value, codes) for name, value in properties.items()}, undone(match[3], codes)


def undone(text: str, codes: dict[str, str]) -> str:
    return re.sub("|".join(codes), lambda match: codes[match[0]], text)


def test_nothing_in_a_message_or_a_path_can_end_a_command_or_begin_one():
    (odd,) = samples()["odd characters"]
    for form, read, name, message in (
        ("github", read_github, "file", "error"),
        ("azure", read_azure, "sourcepath", "task.logissue"),
    ):
        (line,) = told(form, [odd]).removesuffix("\n").split("\n")
        assert "\r" not in line
        command, properties, text = read(line)
        shown = [re.sub("[\x07\x1b]", " ", part) for part in (odd.path, odd.problem.message)]
        assert [command, properties[name], text] == [message, *shown]


def test_each_command_has_its_level_and_its_cures():
    fixes = (Fix("Wait", ()), Fix("Run", (), safe=False))
    problems = [Problem("bad-time", severity, Span(0, 1), "it is late", fixes) for severity in Severity]
    found = [Finding("a.md", Text.of("x\n"), problem) for problem in problems]
    commands = [read_github(line) for line in told("github", found).splitlines()]
    assert [command for command, _, _ in commands] == ["error", "warning", "notice", "notice"]
    assert commands[0][2] == "it is late\nfix: Wait\nfix (look first): Run"
    azure = [read_azure(line)[1]["type"] for line in told("azure", found).splitlines()]
    assert azure == ["error", "warning", "warning", "warning"]
    assert [issue["severity"] for issue in json.loads(told("gitlab", found))] == ["critical", "major", "minor", "info"]


JUNIT: dict[str, tuple[set[str], set[str]]] = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"testcase"}),
    "testcase": ({"name", "classname"}, {"failure"}),
    "failure": ({"type", "message"}, set()),
}
"""For each element its attributes and the elements in it: the part of Jenkins's schema for JUnit that mdtm uses."""


@each_sample
@pytest.mark.parametrize("ascii_only", [False, True], ids=["utf-8", "ascii"])
def test_junit_has_the_elements_that_jenkins_knows(sample: str, ascii_only: bool):
    """The grammar is written by hand, from the schema of Jenkins; no schema for JUnit is official."""
    found = samples()[sample]
    text = told("junit", found, ascii=ascii_only, files=["clean.md", *dict.fromkeys(f.path for f in found)])
    assert text.isascii() or not ascii_only
    root = ElementTree.fromstring(text.encode())
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) == attributes
        assert {child.tag for child in element} <= children
    cases, failures = list(root.iter("testcase")), list(root.iter("failure"))
    assert (root.get("tests"), root.get("failures")) == (str(len(cases)), str(len(failures)))
    assert len(failures) == len(found) == len(cases) - 1
    for suite in root:
        assert suite.get("failures") == str(len(list(suite.iter("failure"))))


def test_junit_holds_every_character_that_xml_can_hold_and_marks_the_others():
    text = told("junit", [finding('<a href="b">\' & \x07\ufffe 🟢 ]]>')])
    (failure,) = ElementTree.fromstring(text.encode()).iter("failure")
    assert failure.get("message") == '<a href="b">\' & \ufffd\ufffd 🟢 ]]>'
    assert (failure.text or "").splitlines()[1] == failure.get("message")


def test_sarif_tells_of_the_rules_that_found_something():
    (run,) = json.loads(told("sarif", findings_in(with_keys('status = "🟢 Actve"\nend_time = 1'))))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["wrong-type", "unknown-status"]
    assert rules[1]["shortDescription"]["text"] == "The status is none of those that this kind of document has."
    assert rules[1]["defaultConfiguration"] == {"level": "warning"}
    assert rules[1]["help"]["markdown"].startswith("# unknown-status\n")
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_sarif_has_no_placeholder_and_no_link_in_a_message():
    (result,) = json.loads(told("sarif", [finding("{0} or [here](https://a.example)")]))["runs"][0]["results"]
    assert result["message"] == {"text": "{{0}} or [here] (https://a.example)"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/é%1,c:d.md", "a%20b/%C3%A9%251%2Cc%3Ad.md"),
        ("../shop/log.md", "file:///home/ada/shop/log.md"),
        ("/srv/a b.md", "file:///srv/a%20b.md"),
        ("C:/srv/a.md", "file:///C%3A/srv/a.md"),
        ("\udcff.md", "%FF.md"),
    ],
)
def test_a_path_is_a_uri_in_sarif(path: str, uri: str):
    (result,) = json.loads(told("sarif", [finding(path=path)]))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == ({"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "%SRCROOT%"})


def test_every_fix_in_sarif_and_rdjson_does_what_ours_does():
    findings = [finding for finding in all_findings() if finding.problem.fixes]
    assert findings
    results = json.loads(told("sarif", findings))["runs"][0]["results"]
    diagnostics = json.loads(told("rdjson", findings))["diagnostics"]
    for found, result, diagnostic in zip(findings, results, diagnostics, strict=True):
        document, text = Document.read(found.path, str(found.text)), str(found.text)
        wanted = [apply(fix_plan(document, fix), {found.path: text})[found.path] for fix in found.problem.fixes]
        assert [with_sarif(text, fix) for fix in result["fixes"]] == wanted
        assert [with_suggestion(text, suggestion) for suggestion in diagnostic["suggestions"]] == wanted


def with_sarif(text: str, fix: dict[str, Any]) -> str:
    lines = Text.of(text)
    for replacement in reversed(fix["artifactChanges"][0]["replacements"]):
        region = replacement["deletedRegion"]
        start = lines.offset(Position(region["startLine"] - 1, region["startColumn"] - 1), "utf-32")
        end = lines.offset(Position(region["endLine"] - 1, region["endColumn"] - 1), "utf-32")
        lines = lines.replaced(Span(start, end), replacement["insertedContent"]["text"])
    return str(lines)


def with_suggestion(text: str, suggestion: dict[str, Any]) -> str:
    lines = [*text.encode().splitlines(keepends=True), b""]
    start, end = (
        sum(map(len, lines[: place["line"] - 1])) + place["column"] - 1
        for place in (suggestion["range"]["start"], suggestion["range"]["end"])
    )
    data, new = text.encode(), str(suggestion["text"])
    return (data[:start] + new.encode() + data[end:]).decode()


def test_a_fingerprint_stays_when_lines_come_and_go():
    text = with_keys('status = "🟢 Actve"')
    (before,) = fingerprints(findings_in(text))
    assert fingerprints(findings_in(text.replace("+++\n", "+++\n# a line more\n", 1))) == [before]
    (other_line,) = fingerprints(findings_in(text.replace("Actve", "Actvve")))
    (other_file,) = fingerprints([finding._replace(path="b.md") for finding in findings_in(text)])
    assert len({before, other_line, other_file}) == 3


def test_two_problems_that_look_alike_have_two_fingerprints():
    log = with_keys("") + "\n## Log Entries\n\n" + "- [2025-06-31T03:01:00Z] Baked\n" * 3
    names = fingerprints([finding for finding in findings_in(log) if finding.problem.code == "bad-time"])
    assert len(set(names)) == len(names) == 3


def test_statistics_count_for_people_and_for_programs():
    found = findings_in(
        with_keys('status = "🟢  Active"\nend_time = "2025-06-05T04:00:00Z"\ntags = [1, 2]')
        + "\n## Log Entries\n\n- [2025-06-31T03:01:00Z] Baked\n"
    )
    assert told("text", found, statistics=True) == (
        "problems    --fix  --unsafe  rule\n"
        "       2        2         0  wrong-type\n"
        "       1        0         0  bad-time\n"
        "       1        1         0  unknown-status\n"
        "       1        0         1  wrong-end-time\n"
        "\n"
        "5 problems (3 errors, 2 warnings) in 1 of 1 file. 3 of them can be mended with --fix.\n"
    )
    data = json.loads(told("json", found, statistics=True))
    jsonschema.validate(data, json.loads((SCHEMAS / "json.json").read_text("utf-8")))
    assert data["statistics"][0] == {"code": "wrong-type", "problems": 2, "safe": 2, "unsafe": 0}
    assert told("text", files=["a.md"], statistics=True) == "No problems in 1 file.\n"
    assert set(WITH_STATISTICS) < set(FORMATS)


def test_no_reader_sees_more_lines_of_json_than_there_are():
    message = "next\x85line\u2028and\u2029page\x9b31m"
    for form in ("json", "jsonl", "gitlab", "rdjson"):
        text = told(form, [finding(message)])
        assert text.splitlines() == text.removesuffix("\n").split("\n")
        assert "\x9b" not in text
    assert json.loads(told("jsonl", [finding(message)]))["message"] == message
