"""Reports what is no TOML where TOML should stand: prose, the rest of a diff, YAML, text behind a value."""

from __future__ import annotations

import re

from mdtm.fields import Edit, Field, Value
from mdtm.text import Span
from mdtm.toml.reader import Reader
from mdtm.toml.values import read_value
from mdtm.toml.writing import text_value

KEY_AND_EQUALS = re.compile(r",?[ \t]*([A-Za-z0-9_-]+)[ \t]*=(?!=)")
_ODD_KEY = re.compile(r"(\w[\w -]*?)[ \t]*=[ \t]*(?=[\"'\[{\d]|true|false)")
"""What looks like a key and its value, but for the characters in the key."""
_MAY_BE_A_VALUE = re.compile(r"=[ \t]*(?:[\"'\[{\d]|true|false)|[\"'][ \t]*$")
_YAML_COMMENT = re.compile(r"[ \t]+#.*")
_SCALAR_OF_BOTH = re.compile(r"(?:true|false|[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)[ \t]*(?:#.*)?\Z")
"""A value that YAML and TOML write in the same way."""
_KEY_AND_COLON = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:[ \t]+(?=\S)")
_THOUSANDS = re.compile(r"(?:,[0-9]{3})+")
_BEGINS_A_VALUE = "\"'+[{"
_KEY_AND_QUOTE = re.compile(r"([A-Za-z0-9_-]+)([ \t]+)[\"'\[]")
_KEY_ALONE = re.compile(r"[\w-]+[ \t]*:|- ")
"""What may be a key of YAML, or an item of it."""
INVISIBLE = frozenset("\u00a0\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff").union(map(chr, range(0x2000, 0x2010)))
"""Characters that look like a space or like nothing, and that TOML has only in texts and comments."""
_GAP = "[{}]*".format(" \t" + "".join(sorted(INVISIBLE)))
_KEY_IN_GAPS = re.compile(rf"{_GAP}([A-Za-z0-9_-]+){_GAP}={_GAP}(?=[^\s#])")
_PROSE = re.compile(
    r"(?:\r?\n[ \t]*)+(?![ \t#\[\r\n]|[+-]?[\w\"'-]+(?:[ \t]*\.[ \t]*[\w\"'-]+)*[ \t]*=|\w+[ \t]*:[ \t])([^\r\n]+)"
)
"""A further line, behind blank ones or none, that can be neither a comment, a table nor a key."""


def after_value(reader: Reader, field: Field) -> int:
    """Where reading goes on behind a value; anything but a comment there is a fault."""
    text, end = reader.text, field.value.span.end
    rest = reader.skip(end)
    if rest >= reader.end or text[rest] in "\r\n":
        return rest
    if following := KEY_AND_EQUALS.match(text, rest):
        key = Span(*following.span(1))
        edit = Edit(Span(end, key.start), "\n")
        reader.fault(key, "each key stands on a line of its own", "Begin a new line", edit)
        return key.start
    line_end = reader.line_end(rest)
    if text[rest] == "#":
        reader.check_characters(rest, line_end)
    else:
        _junk(reader, field, Span(rest, rest + len(text[rest:line_end].rstrip(" \t"))))
    return line_end


def _junk(reader: Reader, field: Field, junk: Span) -> None:
    """Reports text that follows a value on its line."""
    value = field.value
    found = reader.text[junk.start : junk.end]
    quote = reader.text[value.span.start]
    if value.kind == "broken":
        return
    if found.startswith("//"):
        edit = Edit(Span(junk.start, junk.start + 2), "#")
        reader.fault(junk, "a comment begins with #, not with //", "Write #", edit)
    elif found in {",", ";"}:
        edit = Edit(Span(value.span.end, junk.end), "")
        reader.fault(junk, f"no {found} stands after a value", f"Remove the {found}", edit)
    elif value.kind == "integer" and _THOUSANDS.fullmatch(found):
        whole, number = Span(value.span.start, junk.end), f"{value.data}{found.replace(',', '')}"
        reader.fault(whole, "a number has no commas inside", f"Write {number}", Edit(whole, number))
    elif found[0] == ",":
        around = (Edit(Span(value.span.start, value.span.start), "["), Edit(Span(junk.end, junk.end), "]"))
        reader.fault(junk, "several values stand in an array", "Put them in an array", *around, safe=False)
    elif value.kind == "string" and junk.start == value.span.end and found.endswith(quote):
        _inner_quotes(reader, Span(value.span.start, junk.end), quote)
    else:
        edit = Edit(Span(junk.start, junk.start), "# ")
        safe = junk.start > value.span.end and found[0] not in _BEGINS_A_VALUE
        reader.fault(junk, "nothing but a comment may follow a value", "Make it a comment", edit, safe=safe)


def _inner_quotes(reader: Reader, whole: Span, quote: str) -> None:
    """Reports a string that goes on behind a quote which was to be a part of it."""
    inner = reader.text[whole.start + 1 : whole.end - 1]
    if quote == "'":
        edit = Edit(whole, text_value(inner))
        reader.fault(whole, "a string in single quotes holds no single quote", "Write it in double quotes", edit)
    else:
        escaped = re.sub(r'(?<!\\)"', r"\"", inner)
        reader.fault(
            whole, "a quote inside the string is not escaped", "Escape the quotes", Edit(whole, f'"{escaped}"')
        )


def read_residue(reader: Reader, start: int, line_end: int) -> tuple[int, Field | None]:
    """Reports a line that is neither a key nor a table: prose, the rest of a diff, YAML."""
    line = reader.text[start:line_end].rstrip(" \t")
    place = Span(start, start + len(line))
    if line[0] in "+-" and KEY_AND_EQUALS.match(line, 1):
        edit = Edit(Span(start, start + 1), "")
        reader.fault(place, f"a {line[0]} of a diff was left at the line's start", "Remove it", edit)
        return line_end, None
    if gaps := _KEY_IN_GAPS.match(reader.text, start, line_end):
        return _after_gaps(reader, gaps)
    if odd := _ODD_KEY.match(line):
        name = Span(*odd.span(1)).moved(start)
        message = "a key of other characters than A-Z, a-z, 0-9, - and _ must stand in quotes"
        edit = Edit(name, text_value(odd[1]))
        reader.fault(name, message, "Put it in quotes", edit, safe=" " not in odd[1])
        return line_end, None
    if gap := _KEY_AND_QUOTE.match(line):
        edit = Edit(Span(*gap.span(2)).moved(start), " = ")
        reader.fault(place, f"a = is missing after {gap[1]}", "Add the =", edit)
        return line_end, None
    if colon := _KEY_AND_COLON.match(line):
        return _yaml_line(reader, start, line, colon)
    return _prose(reader, start, line_end), None


def _after_gaps(reader: Reader, gaps: re.Match[str]) -> tuple[int, Field]:
    """Reads a field between whose parts something stands that looks like a space or like nothing."""
    for at in range(*gaps.span()):
        if (character := reader.text[at]) in INVISIBLE:
            place, new = Span(at, at + 1), " " if character.isspace() else ""
            message = f"U+{ord(character):04X} looks like {'a space' if new else 'nothing'}, and may not stand here"
            reader.fault(place, message, "Write a space" if new else "Remove it", Edit(place, new))
    field = Field((gaps[1],), Span(*gaps.span(1)), read_value(reader, gaps.end()))
    return after_value(reader, field), field


def _prose(reader: Reader, start: int, line_end: int) -> int:
    """Reports the lines from `start` on that are no TOML as one fault, and gives the end of the last."""
    edits = [Edit(Span(start, start), "# ")]
    while following := _PROSE.match(reader.text, line_end, reader.end):
        edits.append(Edit(Span(following.start(1), following.start(1)), "# "))
        line_end = following.end(1)
    what = "this line is" if len(edits) == 1 else "these lines are"
    cure = "Make it a comment" if len(edits) == 1 else "Make them comments"
    end = start + len(reader.text[start:line_end].rstrip(" \t"))
    lines = reader.text[start:end].splitlines()
    safe = not any(_MAY_BE_A_VALUE.search(line) or _KEY_ALONE.match(line.lstrip()) for line in lines)
    reader.fault(Span(start, end), f"{what} no key, no table and no comment", cure, *edits, safe=safe)
    return line_end


def _yaml_line(reader: Reader, start: int, line: str, colon: re.Match[str]) -> tuple[int, Field]:
    """Reads `key: value` as `key = value`: where it ends, and its field."""
    key, begin = Span(*colon.span(1)).moved(start), start + colon.end()
    whole = Span(start, start + len(line))
    raw = line[colon.end() :]
    message, cure = "TOML writes key = value, not key: value", "Write it as TOML"
    if raw[0] in "\"'[{" or _SCALAR_OF_BOTH.match(raw):
        reader.fault(whole, message, cure, Edit(Span(key.end, begin), " = "))
        field = Field((colon[1],), key, read_value(reader, begin))
        return after_value(reader, field), field
    raw = _YAML_COMMENT.sub("", raw)
    value = Value("string", Span(begin, begin + len(raw)), raw)
    reader.fault(whole, message, cure, Edit(Span(key.end, value.span.end), f" = {text_value(raw)}"))
    return reader.line_end(start), Field((colon[1],), key, value)
