"""What `statefile.read` makes of sound and of broken text."""

from __future__ import annotations

import itertools
import json
import random
import sys
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from mdtm.fields import Edit, Fault, Value
from mdtm.statefile import DEEPEST, read

STATE = """{
  "session_id": "WFS-new-login",
  "status": "active",
  "progress": {"completed_phases": ["PLAN"], "last_checkpoint": null},
  "count": 3, "share": 0.5, "done": false
}
"""


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    for _, edit in sorted(enumerate(edits), key=lambda pair: (pair[1].span, pair[0]), reverse=True):
        text = text[: edit.span.start] + edit.new + text[edit.span.end :]
    return text


def edits_of(faults: tuple[Fault, ...], safe_only: bool = False) -> tuple[Edit, ...]:
    return tuple(edit for fault in faults if fault.safe or not safe_only for edit in fault.edits)


def check_faults(text: str, *expected: tuple[str, str], cured: str | None = None) -> None:
    """Each fault as (a piece of its message, the text under it); `cured` is the text after all edits."""
    _, faults, _ = read(text)
    found = [(fault.message, text[fault.span.start : fault.span.end]) for fault in faults]
    assert len(found) == len(expected), found
    for (message, under), (piece, place) in zip(found, expected, strict=True):
        assert piece in message
        assert under == place
    assert applied(text, edits_of(faults)) == (text if cured is None else cured)


def data_of(text: str) -> Any:
    return read(text)[2].data


def test_fields_have_their_path_kind_and_exact_spans() -> None:
    fields, faults, value = read(STATE)
    assert not faults
    assert value.data == json.loads(STATE)
    under = {field.key: STATE[field.value.span.start : field.value.span.end] for field in fields}
    assert under == {
        "session_id": '"WFS-new-login"',
        "status": '"active"',
        "progress": '{"completed_phases": ["PLAN"], "last_checkpoint": null}',
        "count": "3",
        "share": "0.5",
        "done": "false",
    }
    kinds = [field.value.kind for field in fields]
    assert kinds == ["string", "string", "table", "integer", "float", "boolean"]
    assert [STATE[f.key_span.start : f.key_span.end] for f in fields[:2]] == ['"session_id"', '"status"']


def test_fields_of_nested_objects_have_the_whole_path() -> None:
    phases, checkpoint = read(STATE)[0][2].value.fields
    assert checkpoint.path == ("progress", "last_checkpoint")
    assert checkpoint.value.kind == "null"
    assert [(item.kind, item.data) for item in phases.value.items] == [("string", "PLAN")]
    assert STATE[phases.value.items[0].span.start :].startswith('"PLAN"]')


def test_objects_in_an_array_have_the_path_of_the_array() -> None:
    (phases,), _, _ = read('{"phases": [{"name": "PLAN"}]}')
    assert phases.value.items[0].fields[0].path == ("phases", "name")


@pytest.mark.parametrize(
    ("text", "message", "under", "cured"),
    [
        ('{"a": 1 "b": 2}', "a comma is missing", "1", '{"a": 1, "b": 2}'),
        ('{"a": "x"\n"b": 2}', "a comma is missing", '"', '{"a": "x",\n"b": 2}'),
        ('{"a": [1\n2]}', "a comma is missing", "1", '{"a": [1,\n2]}'),
        ('{"a": ["x" "y"]}', "a comma is missing", '"', '{"a": ["x", "y"]}'),
        ('{"a": [{} []]}', "a comma is missing", "}", '{"a": [{}, []]}'),
        ('{"a": 1,}', "nothing after this comma", ",", '{"a": 1}'),
        ('{"a": [1, 2,\n]}', "nothing after this comma", ",", '{"a": [1, 2\n]}'),
        ('{"a": 1,, "b": 2}', "nothing before this comma", ",", '{"a": 1, "b": 2}'),
        ('{, "a": 1}', "nothing before this comma", ",", '{ "a": 1}'),
    ],
)
def test_commas(text: str, message: str, under: str, cured: str) -> None:
    check_faults(text, (message, under), cured=cured)


@pytest.mark.parametrize(
    ("written", "message", "under", "cured"),
    [
        ("9,166", "no commas inside", "9,166", "9166"),
        ("-1,234,567.5", "no commas inside", "-1,234,567.5", "-1234567.5"),
        ("007", "no value", "007", None),
        ("1 2", "no value", "1 2", None),
        ("active now", "text must stand in double quotes", "active now", None),
        ("None", "writes this as null", "None", "null"),
        ("undefined", "writes this as null", "undefined", "null"),
        ("NaN", "writes this as null", "NaN", "null"),
        ("True", "writes this as true", "True", "true"),
        ("FALSE", "writes this as false", "FALSE", "false"),
        ("'it is'", "double quotes", "'it is'", '"it is"'),
        (r"""'say "it\'s"'""", "double quotes", r"""'say "it\'s"'""", r'''"say \"it's\""'''),
        (r'"a\eb"', r"written \\e", r"\e", r'"a\\eb"'),
        (r'"C:\users"', r"written \\u", r"\u", r'"C:\\users"'),
        ('"a\tb"', r"written \t", "\t", r'"a\tb"'),
        ('"a\x00b"', r"written \u0000", "\x00", r'"a\u0000b"'),
        ('"he said "hi" to me"', "a quote inside a string", 'hi" to me"', None),
        ("1 // one", "no comments", "// one", "1 "),
        ("1 # one", "no comments", "# one", "1 "),
        ("/* one\n */ 1", "no comments", "/* one\n */", " 1"),
    ],
)
def test_values(written: str, message: str, under: str, cured: str | None) -> None:
    for before, after in (('{"a": ', '\n, "z": 1}'), ('{"y": [0], "a": ', "\n}")):
        text = before + written + after
        check_faults(text, (message, under), cured=None if cured is None else before + cured + after)
        assert data_of(text).keys() == json.loads(before + "0" + after).keys()


@pytest.mark.parametrize(
    ("text", "message", "under", "cured"),
    [
        ('{"a": "x\n}', "no closing quote", '"x', '{"a": "x"\n}'),
        ('{"a": "x,\n"b": 1}', "no closing quote", '"x', '{"a": "x",\n"b": 1}'),
        ('{"a": "x, y ,\r\n"b": 1}', "no closing quote", '"x, y', '{"a": "x, y" ,\r\n"b": 1}'),
        ('{"a": ["x]}\n', "no closing quote", '"x', '{"a": ["x"]}\n'),
        ('{"a": "use {x}\n}', "no closing quote", '"use {x}', '{"a": "use {x}"\n}'),
        ('{"a": "x\\\n}', "no closing quote", '"x\\', None),
    ],
)
def test_strings_without_an_end(text: str, message: str, under: str, cured: str | None) -> None:
    check_faults(text, (message, under), cured=cured)


@pytest.mark.parametrize(
    ("text", "message", "under", "cured"),
    [
        ("{a: 1}", "a key must stand", "a", '{"a": 1}'),
        ("{'a b': 1}", "a key must stand", "'a b'", '{"a b": 1}'),
        ('{"a" 1}', "a colon is missing", '"', '{"a": 1}'),
        ('{"a" = [1]}', "a colon here", "=", '{"a" : [1]}'),
        ('{"a": , "b": 1}', "no value", '"a":', None),
        ('{"a":\n "b": 1}', "no value", '"a":', None),
        ('{"a", "b": 1}', "no value", '"a"', None),
        ('{"b": 1, {"a": 2}, "c": 3}', "no key", "{", None),
        ('{"b": 1, what is this, "c": 3}', "belongs to no value", "what is this", None),
    ],
)
def test_keys(text: str, message: str, under: str, cured: str | None) -> None:
    check_faults(text, (message, under), cured=cured)


@pytest.mark.parametrize(
    ("text", "message", "under", "cured"),
    [
        ('{"a": 1', "} is missing", "1", '{"a": 1}'),
        ('{\n  "a": {"b": [1\n', "]}} is missing", "1", '{\n  "a": {"b": [1]}}\n'),
        ('{"a": [1, 2}', "] is missing", "2", '{"a": [1, 2]}'),
        ('{"a": [\n"x",\n"b": 1}', "] is missing", '"', '{"a": [\n"x"],\n"b": 1}'),
        ('{"a": 1]}', "belongs to no value", "]", None),
        ('{"a": 1}}', "after the end", "}", '{"a": 1}'),
        ('{"a": 1} {"b": 2}\n', "after the end", '{"b": 2}', None),
        ('{"a": 1}\u00a0', "after the end", "\u00a0", None),
        ("", "one object", "", None),
        ("\ufeff \n", "one object", "", None),
        ("[1, 2]", "one object", "[1, 2]", None),
        ("nothing of the kind,\nat all: {", "one object", "nothing of the kind,", None),
    ],
)
def test_the_ends(text: str, message: str, under: str, cured: str | None) -> None:
    check_faults(text, (message, under), cured=cured)


def test_a_missing_bracket_is_added_before_a_comment() -> None:
    text = '{"a": [1 // one'
    check_faults(text, ("]} is missing", "1"), ("no comments", "// one"), cured='{"a": [1]} ')
    text = '{"a": "[x]\n// one'
    check_faults(text, ("no closing quote", '"[x]'), ("no comments", "// one"), cured='{"a": "[x]"\n')


def test_several_faults_stand_each_on_its_place() -> None:
    text = '{\n  \'id\': "WFS-\\x", // the id\n  "total_lines": 9,166,\n  "tags": [1,]\n  "b": 2'
    check_faults(
        text,
        ("a key must stand", "'id'"),
        (r"written \\x", "\\x"),
        ("no comments", "// the id"),
        ("no commas", "9,166"),
        ("nothing after", ","),
        ("a comma is missing", "]"),
        ("} is missing", "2"),
        cured='{\n  "id": "WFS-\\\\x", \n  "total_lines": 9166,\n  "tags": [1],\n  "b": 2}',
    )


def test_what_is_missing_after_a_fault_is_said_when_that_is_mended() -> None:
    text = '{"a": 9,166\n"b": [1,'
    rounds = []
    while edits := edits_of(read(text)[1]):
        text = applied(text, edits)
        rounds.append(text)
    assert rounds == ['{"a": 9166\n"b": [1', '{"a": 9166,\n"b": [1]}']


def test_an_array_of_numbers_is_no_number_with_commas() -> None:
    _, faults, value = read('{"a": [9,166]}')
    assert not faults
    assert value.data == {"a": [9, 166]}


def test_a_broken_value_does_not_hide_its_neighbours() -> None:
    text = '{"a": 1, "b": "no end,\n"c": nope, "d": {"e": , "f": [1, tru, 3]}, "g": true'
    assert data_of(text) == {"a": 1, "b": None, "c": None, "d": {"e": None, "f": [1, None, 3]}, "g": True}


def test_a_string_over_lines_does_not_hide_what_follows() -> None:
    assert data_of('{"a": "one\ntwo, three\n", "b": 1}') == {"a": None, "b": 1}


def test_a_key_that_stands_twice_names_the_first() -> None:
    text = '{"a": 1, "b": {"a": 2}, "a": 3}'
    fields, (fault,), value = read(text)
    assert fault.code == "duplicate-key"
    assert (fault.span.start, fault.related) == (text.rindex('"a"'), fields[0].key_span)
    assert not fault.edits
    assert value.data == {"a": 3, "b": {"a": 2}}


@pytest.mark.parametrize("text", ['{"a": 1} // b', r'{"a": "\u12"}', '{"a": "one\ntwo"\n}', '{"a": "one\\"\n}'])
def test_what_needs_a_guess_is_not_safe(text: str) -> None:
    assert [fault.safe for fault in read(text)[1] if fault.edits] == [False]


def test_a_byte_order_mark_emoji_and_line_ends_keep_spans_exact() -> None:
    text = '\ufeff{\r\n  "🟢 key": "🏁 \\q",\r\n  "b": "é",\r\n  "c": 9,166\r\n}\r\n'
    fields, faults, _ = read(text)
    assert [text[f.span.start : f.span.end] for f in faults] == ["\\q", "9,166"]
    assert [text[f.span.start : f.span.end] for f in fields] == [
        '"🟢 key": "🏁 \\q"',
        '"b": "é"',
        '"c": 9,166',
    ]


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 100_000, "[" * DEEPEST + "]" * DEEPEST + "}"])
def test_a_nesting_that_is_too_deep_is_one_fault_and_ends_the_reading(deep: str) -> None:
    fields, (fault,), _ = read('{"z": 1, "a": ' + deep)
    assert f"more than {DEEPEST} levels" in fault.message
    assert [field.key for field in fields] == ["z", "a"]


def test_integers_that_python_refuses_are_a_fault() -> None:
    check_faults('{"a": ' + "9" * 5000 + "}", ("too many digits", "9" * 5000))


PATHOLOGICAL = ["/*", "/*\n", '"a\n', '"a', "'a", "'\\'", "\\", '{"a', "[", "]", "a ", "a\n", "\n", "0"]
PATHOLOGICAL += ["1,", '"a":', '"a" ', '"\\', ",", "\t", "/", "\na", "1,234", ":", "#"]


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_reading_takes_work_in_proportion_to_the_text(piece: str) -> None:
    """Counts calls, for a clock would tell of the machine; a slow expression would hold up the whole run."""
    for start in ("{", '{"a": "', '{"a": ', '{"a": [1'):
        once, twice = (calls(start + piece * number + "!") for number in (1_000, 2_000))
        assert twice <= 2 * once + 100, (start, piece)


def calls(text: str) -> int:
    """How many functions are called while a text is read, those of C too."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count


KEYS = st.text(max_size=5)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=5)
PIECES = st.sampled_from(
    [*"{}[]:,\"'\\/#*+-.01eE \t\r\n\x00\u00a0\ufeff🟢a", "//", "/*", "*/", "True", "null", '":', "9,166"]
)


def same(value: Value, data: Any) -> bool:
    if isinstance(data, dict):
        fields = {field.path[-1]: field.value for field in value.fields}
        return value.kind == "table" and fields.keys() == data.keys() and all(map(same, fields.values(), data.values()))
    if isinstance(data, list):
        return value.kind == "array" and len(value.items) == len(data) and all(map(same, value.items, data))
    return type(value.data) is type(data) and bool(value.data == data)


@seed(1)
@settings(deadline=None, max_examples=100)
@given(OBJECTS, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_json_writes_is_read_as_it_was(data: dict[str, Any], indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    for variant in (text, text.replace("\n", "\r\n")):
        _, faults, value = read(variant)
        assert not faults
        assert value.data == data
        assert same(value, data)


def check_any(text: str) -> None:
    """What holds for every text."""
    fields, faults, value = read(text)
    assert list(faults) == sorted(faults, key=lambda fault: fault.span.start)
    for fault in faults:
        assert bool(fault.cure) == bool(fault.edits)
        assert fault.message
        for span in (fault.span, fault.related or fault.span, *(edit.span for edit in fault.edits)):
            assert 0 <= span.start <= span.end <= len(text)
    assert len({(f.span, f.message) for f in faults}) == len(faults)
    check_spans(value, 0, len(text))
    assert fields == value.fields
    assert bool(faults) != accepted(text)


def check_spans(value: Value, start: int, end: int) -> None:
    assert start <= value.span.start <= value.span.end <= end
    assert value.kind != "broken" or value.data is None
    at = value.span.start
    for field in value.fields:
        assert at <= field.key_span.start < field.key_span.end <= field.value.span.start
        check_spans(field.value, field.key_span.end, value.span.end)
        at = field.value.span.end
    for item in value.items:
        check_spans(item, at, value.span.end)
        at = item.span.end


def accepted(text: str) -> bool:
    """Whether the `json` module takes the text for one object with different keys and finite numbers."""

    def refuse(what: object) -> None:
        raise ValueError(what)

    def different(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("the same key twice")
        return dict(pairs)

    try:
        data = json.loads(text.removeprefix("\ufeff"), parse_constant=refuse, object_pairs_hook=different)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict)


@seed(2)
@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES | st.text(max_size=2), max_size=40), st.booleans())
def test_any_text_is_read(pieces: list[str], in_object: bool) -> None:
    check_any(("{" if in_object else "") + "".join(pieces))


@seed(3)
@settings(deadline=None, max_examples=120)
@given(OBJECTS, st.data())
def test_any_change_to_sound_text_is_read(data: dict[str, Any], draw: st.DataObject) -> None:
    text = json.dumps(data, indent=draw.draw(st.sampled_from([None, 2])), ensure_ascii=False)
    for _ in range(draw.draw(st.integers(1, 3))):
        at = draw.draw(st.integers(0, len(text)))
        text = text[:at] + draw.draw(PIECES | st.just("")) + text[at + draw.draw(st.integers(0, 3)) :]
    check_any(text)


def test_every_cut_and_change_of_a_state_file_is_read_and_its_cures_come_to_an_end() -> None:
    chance = random.Random(4)
    for number in range(1500):
        text = STATE[: chance.randrange(len(STATE))] if number % 10 == 0 else STATE
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice("\"'{}[]:,\\\n/x1 ") + text[at + chance.randrange(3) :]
        check_any(text)
        check_cures(text)


def check_cures(text: str) -> None:
    """Each edit changes something, and after a few rounds no safe one is left."""
    before = text
    for _ in range(12):
        edits = edits_of(read(text)[1], safe_only=True)
        if not edits:
            return
        ordered = sorted(edit.span for edit in edits)
        assert all(a.end <= b.start for a, b in itertools.pairwise(ordered)), text
        assert all(text[edit.span.start : edit.span.end] != edit.new for edit in edits)
        text = applied(text, edits)
    raise AssertionError(f"no end: {before!r}")
