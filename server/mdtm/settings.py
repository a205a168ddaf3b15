"""What a workspace may choose: in `pyproject.toml` or `.mdtm.toml` in its root, and in the editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mdtm.dialect import DIALECTS
from mdtm.globs import fault_of, first_match, matches
from mdtm.problem import Problem, Severity

OFF = "off"
LEVELS = (OFF, *(severity.name.lower() for severity in reversed(Severity)))
"""The words for how bad a rule's problems are; "off" is not at all."""
IDLE_MINUTES, MOST_MINUTES = 240, 525_600
"""How long nothing may be logged where nobody chooses it, and what nobody can choose more than: a year."""
HINTS = ("elapsed", "days", "total")
"""The kinds of inlay hints: the time since the entry before, new days, and how long was worked until then."""
DIALECT_NAMES = tuple(dialect.name for dialect in DIALECTS)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Rules whose faults are allowed in some files."""

    path: str
    """A pattern, as in `exclude`."""
    rules: tuple[str, ...]
    """Their codes, or names of families."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices, made once at a wall and passed on; what is empty is not chosen."""

    rules: Mapping[str, str] = field(default_factory=dict)
    """For each rule, or family of rules, the level that its problems have instead of their own."""
    actor: str = ""
    """Who acts, for the log."""
    dialect: str = ""
    """The name of the system that a new session takes."""
    exclude: tuple[str, ...] = ()
    """Patterns for the files that are not checked."""
    allow: tuple[Allowance, ...] = ()
    idle_minutes: int = 0
    """How long nothing may be logged before it is asked whether anybody was at work; 0 is not chosen."""
    inlay_hints_off: tuple[str, ...] = ()
    """The kinds of inlay hints that an editor does not show."""

    def level(self, code: str, family: str = "") -> str | None:
        """The level chosen for a rule, or else for its family; None when its problems keep their own."""
        return self.rules.get(code) or self.rules.get(family)

    def applied(self, problem: Problem, family: str = "") -> Problem | None:
        """The problem with the severity chosen for its rule; None when the rule is off."""
        level = self.level(problem.code, family)
        if level is None:
            return problem
        return None if level == OFF else replace(problem, severity=Severity[level.upper()])

    def excluded_by(self, path: str) -> str | None:
        """The pattern that keeps a file from being checked; the path of a folder ends with `/`."""
        return first_match(self.exclude, path) if self.exclude else None

    def allowed_in(self, path: str) -> dict[str, Allowance]:
        """For each rule or family whose faults are allowed in a file what allows them."""
        return {name: one for one in reversed(self.allow) if matches(one.path, path) for name in one.rules}

    def with_values(self, values: Mapping[str, Any]) -> Settings:
        """These settings with those of a file or an editor over them; what makes no sense is left out.

        A key that says something takes the place of the same key here; of the rules each by itself.
        """
        rules, dialect = values.get("rules"), values.get("dialect")
        chosen = {
            str(name): level for name, level in (rules.items() if isinstance(rules, Mapping) else ()) if level in LEVELS
        }
        return replace(
            self,
            rules={**self.rules, **chosen} if chosen else self.rules,
            actor=_text(values.get("actor")) or self.actor,
            dialect=dialect if dialect in DIALECT_NAMES else self.dialect,
            exclude=_patterns(values.get("exclude")) or self.exclude,
            allow=_allowances(values.get("allow")) or self.allow,
            idle_minutes=_minutes(values.get("idle_minutes")) or self.idle_minutes,
            inlay_hints_off=_hints(values.get("inlay_hints_off")) or self.inlay_hints_off,
        )


DEFAULTS = Settings()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _minutes(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_MINUTES else 0


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, values))) if isinstance(values, (list, tuple)) else ()


def _hints(values: Any) -> tuple[str, ...]:
    return tuple(text for text in _texts(values) if text in HINTS)


def _patterns(values: Any) -> tuple[str, ...]:
    return tuple(text for text in _texts(values) if not fault_of(text))


def _allowances(values: Any) -> tuple[Allowance, ...]:
    tables = [value for value in values if isinstance(value, Mapping)] if isinstance(values, (list, tuple)) else []
    made = (Allowance(_text(one.get("path")), _texts(one.get("rules")), _text(one.get("reason"))) for one in tables)
    return tuple(one for one in made if one.path and one.rules and not fault_of(one.path))
