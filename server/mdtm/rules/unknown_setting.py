from __future__ import annotations

from collections.abc import Iterable, Iterator

from mdtm.asking import only
from mdtm.document import Document
from mdtm.fields import Edit, Field
from mdtm.frontmatter import Frontmatter
from mdtm.problem import Fix, Problem, Severity
from mdtm.said import near, settings_in
from mdtm.schema.settings import ALLOWANCE, SETTINGS
from mdtm.text import Span
from mdtm.toml.writing import text_value

_NAMES = tuple(key.name for key in SETTINGS.keys)


@only("settings")
def unknown_setting(frontmatter: Frontmatter, document: Document) -> Iterator[Problem]:
    """The settings have a key, or name a rule, that mdtm does not know.

    Such a line has no effect, which nobody would notice.
    It stands in `.mdtm.toml`, or below `[tool.mdtm]` in `pyproject.toml`; of that file nothing else is looked at.
    `[rules]` has lines such as `unknown-status = "warning"`; the name of a family there is the default for its rules.

    Bad:
        -- .mdtm.toml --
        [rules]
        unknown_status = "warning"

    Good:
        -- .mdtm.toml --
        [rules]
        unknown-status = "warning"
    """
    for field in settings_in(frontmatter):
        yield from _problems(field)


def _problems(field: Field) -> Iterator[Problem]:
    first, *rest = field.path
    if first not in _NAMES:
        yield _unknown_key(field, first, _NAMES)
    elif first == "rules" and rest:
        from mdtm.rules import NAMES  # here, for the list of the rules imports this one

        if len(rest) > 1 or rest[0] not in NAMES:
            yield _unknown_rule(".".join(rest), field.key_span, NAMES, quoted=False)
    elif first == "allow" and rest and (len(rest) > 1 or rest[0] not in ALLOWANCE):
        yield _unknown_key(field, rest[0], ALLOWANCE, " of a table of allow")
    elif first == "allow" and rest == ["rules"]:
        from mdtm.rules import NAMES

        for item in field.value.items:
            if item.kind == "string" and item.data not in NAMES:
                yield _unknown_rule(item.data, item.span, NAMES, quoted=True)


def _unknown_key(field: Field, name: str, names: tuple[str, ...], where: str = "") -> Problem:
    meant, certain = near(name, names)
    message = f"{field.key} is no setting{where}; there are {', '.join(names)}"
    alone = field.key_span.end - field.key_span.start == len(name)
    fixes = (Fix(f"Write {meant}", (Edit(field.key_span, meant),), certain),) if meant and alone else ()
    return Problem("unknown-setting", Severity.ERROR, field.key_span, message, fixes)


def _unknown_rule(name: str, place: Span, names: Iterable[str], quoted: bool) -> Problem:
    meant, certain = near(name, names)
    message = f"there is no rule {name}" + (f"; did you mean {meant}?" if meant else "")
    written = text_value(meant) if quoted else meant
    alone = quoted or place.end - place.start == len(name)
    fixes = (Fix(f"Write {meant}", (Edit(place, written),), certain),) if meant and alone else ()
    return Problem("unknown-setting", Severity.ERROR, place, message, fixes)
