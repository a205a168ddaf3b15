"""What comes of the checks of a task, a sprint or a session: whether it may be over, and what is left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mdtm.completion.checks import CHECKS, About, Check, Facts, Weight
from mdtm.completion.forced import told
from mdtm.plan import Refused


class Looked(NamedTuple):
    """What came of one check."""

    check: Check
    label: str
    fault: str
    """Empty when all is well."""
    left: tuple[str, ...]
    """What is open, where there may be several."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What came of all checks of one thing."""

    facts: Facts
    looked: tuple[Looked, ...]

    @property
    def id(self) -> str:
        return self.facts.id

    @property
    def valid(self) -> bool:
        """Whether nothing stands in the way of its end."""
        return not self.faults("required")

    def faults(self, weight: Weight) -> list[Looked]:
        """The checks of a weight that are not met."""
        return [one for one in self.looked if one.fault and one.check.weight == weight]

    def in_words(self, weight: Weight) -> str:
        """What the thing has that it should not: `no summary and 2 open boxes`."""
        return _and([one.fault for one in self.faults(weight)])

    @property
    def remark(self) -> str:
        """What a message says of what is only recommended and missing; empty when nothing is."""
        lacks = self.in_words("recommended")
        return f"; but it has {lacks}" if lacks else ""

    def despite(self, reason: str) -> str:
        """What the entry on its end ends with: why it is over though something stood in the way; else nothing."""
        return "" if self.valid else told(self.in_words("required"), reason)

    @property
    def data(self) -> dict[str, Any]:
        """The result as JSON has it."""
        required, recommended = self.faults("required"), self.faults("recommended")
        return {
            "valid": self.valid,
            "errors": [f"{self.id} has {_named(one)}" for one in required],
            "warnings": [f"{self.id} has {_named(one)}" for one in recommended],
            "requirements": [self._requirement(one) for one in required],
            "details": self.facts.details,
            "checklist": [
                {"type": one.check.weight, "label": one.label, "completed": not one.fault} for one in self.looked
            ],
        }

    @property
    def title(self) -> str:
        """The result in a line: how many checks are met, and what is missing, first of all what is required."""
        missing = self.in_words("required") or self.in_words("recommended")
        met = sum(1 for one in self.looked if not one.fault)
        return f"{met} of {len(self.looked)} completion checks met" + (f": {missing}" if missing else "")

    @property
    def checklist(self) -> str:
        """The checks, each on a line with what would make it met."""
        return "\n".join(
            f"  [{' ' if one.fault else 'x'}] {one.label}"
            + ("" if one.check.weight == "required" else ", recommended")
            + (f": `{self._command(one)}`" if one.fault else "")
            for one in self.looked
        )

    def refusal(self, force: str, answer: str = "note") -> Refused:
        """Why it cannot be over; `force` is the command that can end it as it is.

        `answer` is the parameter that an answer to a question is for.
        """
        why = _and([_named(one) for one in self.faults("required")])
        required = [{**one, "name": one["name"] and answer} for one in self.data["requirements"]]
        message = f"{self.id} has {why}; `{force} --force REASON` ends it as it is\n{self.checklist}"
        return Refused(message, {**self.data, "requirements": required})

    def _requirement(self, one: Looked) -> dict[str, str]:
        """What is required; `name` is the parameter that an answer to the question is for, where one is enough."""
        return {
            "check": one.check.name,
            "message": f"{self.id} has {_named(one)}",
            "command": self._command(one),
            "name": "note" if one.check.question else "",
            "question": one.check.question.format(id=self.id),
        }

    def _command(self, one: Looked) -> str:
        """What makes a check met."""
        first = one.left[0].partition(" ")[0] if one.left else ""
        return one.check.command.format(id=self.id, first=first)


SHOWN = 10
"""How many of what is open is named."""


def completion(about: About, facts: Facts) -> Completion:
    """Looks at all that is checked."""
    looked = []
    for check in CHECKS[about]:
        if check.applies(facts):
            count = check.count(facts)
            label = f"{check.label} ({count})" if count else check.label
            looked.append(Looked(check, label, check.fault(facts), check.left(facts)))
    return Completion(facts, tuple(looked))


def wanted_by(refused: Refused) -> Mapping[str, str] | None:
    """The question whose answer would do, with the parameter that it is for; None where answers are not enough."""
    required = refused.data.get("requirements", [])
    return required[0] if required and all(one.get("name") for one in required) else None


def _and(parts: list[str]) -> str:
    """Some things in a row, as a sentence has them; empty for none."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _named(one: Looked) -> str:
    """What is wrong, with the names of what is open."""
    more = f" and {len(one.left) - SHOWN} more" if len(one.left) > SHOWN else ""
    return f"{one.fault}: {', '.join(one.left[:SHOWN])}{more}" if one.left else one.fault
