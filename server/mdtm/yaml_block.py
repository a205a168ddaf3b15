"""Reads the YAML that some files have between `---` lines, so that their fields have places too.

What the YAML means is python-frontmatter's business, where its nodes stand PyYAML's; here they become fields.
"""

from __future__ import annotations

import functools
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
    import yaml  # on demand, like the other: few files need them, and they are slow to load
    from frontmatter.default_handlers import YAMLHandler

    content = text[start:].replace("\ufeff", " ")
    try:
        node = yaml.compose(content, _loader())
        values = YAMLHandler().load(content, Loader=_loader()) if node else {}
    except yaml.YAMLError as error:
        return [], [_fault(error, start, len(text))], {}
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        return [], [_fault(error, start, len(text))], {}  # what the library raises for a value that it cannot make
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        return [], [], {}
    return list(_fields(node, values, start, ())), [], {str(key): value for key, value in values.items()}


@functools.cache
def _loader() -> type[yaml.SafeLoader]:
    """The library's safe loader, less aliases: frontmatter needs none, and a few of them can fill the memory."""
    import yaml
    from yaml.composer import ComposerError

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                place = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise ComposerError(None, None, "an alias is not read here", place)
            return super().compose_node(parent, index)

    return Loader


def _fault(error: Exception, start: int, end: int) -> Fault:
    mark = getattr(error, "problem_mark", None)
    index = mark.index if mark else getattr(error, "position", 0)
    at = min(start + index, max(start, end - 1))
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return Fault("broken-yaml", Span(at, min(at + 1, end)), f"the YAML cannot be read: {what}")


def _fields(node: yaml.MappingNode, values: dict[Any, Any], start: int, path: tuple[str, ...]) -> list[Field]:
    by_name = {str(key): value for key, value in values.items()}
    fields = []
    for key_node, value_node in node.value:
        inner = (*path, str(key_node.value))
        value = _value(value_node, by_name.get(inner[-1]), start, inner)
        fields.append(Field(inner, _span(key_node, start), value))
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
