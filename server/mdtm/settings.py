"""What a workspace may choose, from `.mdtm.toml` in its root and from the editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mdtm.problem import Problem, Severity

OFF = "off"
LEVELS = (OFF, *(severity.name.lower() for severity in reversed(Severity)))
"""The words for how bad a rule's problems are; "off" is not at all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices, made once at a wall and passed on."""

    rules: Mapping[str, str] = field(default_factory=dict)
    """For each rule the level that its problems have instead of their own."""

    actor: str = ""
    """Who acts, for the log; empty when that is not said."""

    def applied(self, problem: Problem) -> Problem | None:
        """The problem with the severity chosen for its rule; None when the rule is off."""
        level = self.rules.get(problem.code)
        if level is None:
            return problem
        return None if level == OFF else replace(problem, severity=Severity[level.upper()])

    def with_values(self, values: Mapping[str, Any]) -> Settings:
        """These settings with those of a file or an editor over them; what makes no sense is left out."""
        rules = values.get("rules")
        chosen = {
            code: level for code, level in (rules.items() if isinstance(rules, Mapping) else ()) if level in LEVELS
        }
        actor = values.get("actor")
        named = actor.strip() if isinstance(actor, str) else ""
        return replace(self, rules={**self.rules, **chosen}, actor=named or self.actor)


DEFAULTS = Settings()
