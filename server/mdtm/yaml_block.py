"""Reads the YAML that some files have between `---` lines, so that their fields have places too.

YAML itself is the business of its library; here its nodes become our fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mdtm.fields import Fault, Field, Kind, Value
from mdtm.text import Span

if TYPE_CHECKING:
    import yaml

_KINDS: dict[str, Kind] = {
    "str": "string", "int": "integer", "float": "float", "bool": "boolean", "null": "null", "timestamp": "datetime",
}  # fmt: skip
DEEPEST = 50


def read_yaml(text: str, start: int) -> tuple[list[Field], list[Fault], dict[str, Any]]:
    """The fields, faults and values of the YAML from `start` to the end of the text."""
    import yaml  # on demand: few files need it, and it is slow to load

    loader = yaml.SafeLoader(text[start:].replace("\ufeff", " "))
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return [], [_fault(error, start, len(text))], {}
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        return [], [], {}
    return list(_fields(node, values, start, ())), [], {str(key): value for key, value in values.items()}


def _fault(error: Exception, start: int, end: int) -> Fault:
    mark = getattr(error, "problem_mark", None)
    at = min(start + (mark.index if mark else 0), max(start, end - 1))
    what = getattr(error, "problem", None) or str(error)
    return Fault("broken-yaml", Span(at, min(at + 1, end)), f"the YAML cannot be read: {what}")


def _fields(node: yaml.MappingNode, values: dict[Any, Any], start: int, path: tuple[str, ...]) -> list[Field]:
    fields = []
    for key_node, value_node in node.value:
        name = str(key_node.value)
        data = next((value for key, value in values.items() if str(key) == name), None)
        fields.append(Field((*path, name), _span(key_node, start), _value(value_node, data, start, (*path, name))))
    return fields


def _value(node: Any, data: Any, start: int, path: tuple[str, ...]) -> Value:
    span = _span(node, start)
    if len(path) > DEEPEST:
        return Value("broken", span, None)
    if isinstance(data, dict) and node.id == "mapping":
        return Value("table", span, data, fields=tuple(_fields(node, data, start, path)))
    if isinstance(data, list) and node.id == "sequence":
        items = zip(node.value, data, strict=False)
        return Value("array", span, data, tuple(_value(item, value, start, (*path, "")) for item, value in items))
    return Value(_KINDS.get(node.tag.rpartition(":")[2], "string"), span, data)


def _span(node: yaml.Node, start: int) -> Span:
    return Span(start + node.start_mark.index, start + node.end_mark.index)
