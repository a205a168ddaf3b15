"""The page of a rule, made from its docstring."""

from __future__ import annotations

import inspect
import re

from mdtm.rules import FAMILIES, Rule, code_of, rule_named

_EXAMPLE = re.compile(r"^(Bad|Good):\n\n?((?:    .*\n|\n)+)", re.MULTILINE)


def page(rule: Rule) -> str:
    """The page in Markdown."""
    text = inspect.cleandoc(rule.__doc__ or "") + "\n"
    body = _EXAMPLE.sub(lambda match: f"{match[1]}:\n\n```text\n{_dedented(match[2])}\n```\n\n", text)
    return f"# {code_of(rule)}\n\n{body.rstrip()}\n"


def about_rule(name: str) -> str:
    """What a rule finds, or those of a family, in one sentence without its end; empty where there is none such."""
    if name in FAMILIES:
        return f"All {len(FAMILIES[name])} rules of this family"
    rule = rule_named(name)
    first = inspect.cleandoc(rule.__doc__ or "").partition("\n")[0] if rule else ""
    return first.removesuffix(".")


def examples(rule: Rule) -> dict[str, str]:
    """The text under `Bad:` and under `Good:`, where the docstring has them."""
    text = inspect.cleandoc(rule.__doc__ or "") + "\n"
    return {match[1]: _dedented(match[2]) for match in _EXAMPLE.finditer(text)}


def _dedented(example: str) -> str:
    return "\n".join(line[4:] for line in example.rstrip("\n").split("\n"))
