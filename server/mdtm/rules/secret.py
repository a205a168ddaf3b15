from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mdtm.asking import has_signs, only
from mdtm.fields import Edit
from mdtm.markdown import Reading
from mdtm.problem import Fix, Problem, Severity
from mdtm.signs import SECRET
from mdtm.text import Span

REDACTED = "[redacted]"
SHOWN = 4
"""How many of its characters a message tells of a secret."""


class Kind(NamedTuple):
    """One kind of secret."""

    name: str
    pattern: re.Pattern[str]


_B = r"(?<![A-Za-z0-9_-])"
_PRIVATE_KEY = (
    r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[ \t]*(?:\r?\n|\\n)"
    r"(?:[ \t]*[A-Z][A-Za-z-]+: [^\r\n]*\r?\n){0,4}(?:[ \t]*\r?\n)?"
    r"(?P<value>(?:[ \t]*[A-Za-z0-9+/=]{40,}(?:[ \t]*\r?\n|\\n|\Z))+"
    r"(?:[ \t]*[A-Za-z0-9+/=]{1,76}(?=[ \t]*(?:\r?\n|\\n)[ \t]*-----END))?)"
)
_PATTERNS = (
    ("an AWS access key", rf"{_B}A[KS]IA(?P<value>[A-Z2-7]{{16}})(?![A-Za-z0-9])"),
    ("a GitHub token", rf"{_B}gh[pousr]_(?P<value>[A-Za-z0-9]{{36,251}})\b"),
    ("a GitHub token", rf"{_B}github_pat_(?P<value>[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}})\b"),
    ("a GitLab token", rf"{_B}glpat-(?P<value>[A-Za-z0-9_-]{{20,}})"),
    ("a Slack token", rf"{_B}xox[abeprs]-(?P<value>[A-Za-z0-9-]{{20,}})"),
    ("an Anthropic key", rf"{_B}sk-ant-[a-z]+[0-9]+-(?P<value>[A-Za-z0-9_-]{{32,}})"),
    ("an API key", rf"{_B}sk-(?!ant-)(?:proj-|svcacct-|admin-|or-v1-)?(?P<value>[A-Za-z0-9_-]{{32,}})"),
    ("a Google key", rf"{_B}AIza(?P<value>[A-Za-z0-9_-]{{35}})(?![A-Za-z0-9_-])"),
    ("a Stripe key", rf"{_B}[sr]k_live_(?P<value>[A-Za-z0-9]{{24,}})\b"),
    ("an npm token", rf"{_B}npm_(?P<value>[A-Za-z0-9]{{36}})\b"),
    ("a PyPI token", rf"{_B}pypi-AgEI(?P<value>[A-Za-z0-9_-]{{50,}})"),
    (
        "a JSON web token",
        rf"{_B}(?P<value>eyJ[A-Za-z0-9_-]{{8,400}}\.eyJ[A-Za-z0-9_-]{{8,}}\.[A-Za-z0-9_-]{{20,}})",
    ),
    ("a private key", _PRIVATE_KEY),
    ("a bearer token", r"\bBearer (?P<value>[A-Za-z0-9._~+/-]{24,}=*)(?![A-Za-z0-9])"),
    (
        "a key or token",
        r"(?i:(?:api|access|auth|client|encryption|private|secret|signing)[_-]?(?:key|token|secret))"
        r"[\"'`]?[ \t]?[=:][ \t]?[\"'`]?(?P<value>(?=[_/+=-]*[A-Za-z0-9]{16})[A-Za-z0-9_/+=-]{20,})",
    ),
    ("a password in an address", r"://[^\s/:@]{1,64}:(?P<value>[^\s/:@]{8,64})@"),
    ("a password", r"(?i:passw(?:or)?d)[\"']?[ \t]?[=:][ \t]?[\"'`]?(?P<value>[A-Za-z0-9!@#%^&*_+/=.~-]{12,})"),
)
"""Each kind of secret with its pattern, in which the group `value` is what nobody may know."""
_BY_LOT = ("a password", "a bearer token", "a key or token", "a password in an address")
"""The kinds that have no form of their own, so that only how mixed they are tells them from words."""
_AFTER_A_WORD = (*_BY_LOT, "a private key")
"""The kinds whose pattern begins with a word that may stay."""
_EXAMPLE = re.compile(
    r"example|sample|dummy|placeholder|redacted|your|change|secret|token|x{4}|\*{3}|\.{3}|"
    r"0123|1234|abcd|(.)\1{3}", re.I
)  # fmt: skip
"""What nobody has in a secret that was drawn by lot."""


@only(when=has_signs)
def secret(reading: Reading) -> Iterator[Problem]:
    """A key, a token or a password stands in the record.

    Records are kept for ever, and are read by people, agents and search engines: who finds a secret can use it.
    Have it withdrawn where it came from first; then take it out here, and out of the history of the repository.
    Examples and placeholders are let be: a secret has to look as if it was drawn by lot.
    The secret itself is shown by no message, only the first four characters of one that has a known form.

    Bad:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Connected with password=Wq7!fK2#pZ9&xL to the test database.

    Good:
        -- .ruru/sessions/SESSION-Slots-2506050301/session_log.md --
        +++
        id = "SESSION-Slots-2506050301"
        title = "Slots"
        status = "🟢 Active"
        start_time = "2025-06-05T03:01:44Z"
        coordinator = "dev-api"
        +++

        ## Log Entries

        - [2025-06-05T03:20:00Z] `dev-api`: Connected with password=[redacted] to the test database.
    """
    if SECRET not in reading.signs:
        return
    done: list[Span] = []
    for kind in _kinds():
        for match in kind.pattern.finditer(reading.text):
            span = Span(*match.span("value"))
            if any(span.start < other.end and other.start < span.end for other in done):
                continue
            if _is_secret(kind, match):
                done.append(span)
                yield _problem(kind, match)


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(Kind(name, re.compile(pattern)) for name, pattern in _PATTERNS)


def _problem(kind: Kind, match: re.Match[str]) -> Problem:
    value = Span(*match.span("value"))
    start = value.start if kind.name in _AFTER_A_WORD else match.start()
    shown = match.string[start : start + SHOWN] if start < value.start or kind.name == "a JSON web token" else ""
    told = f"{kind.name} ({shown}…)" if shown else kind.name
    message = f"{told} stands in the record; withdraw it, then remove it here"
    fix = Fix(f"Write {REDACTED}", (Edit(Span(start, value.end), REDACTED),), safe=False)
    hidden = Span(start + len(shown), value.end)
    return Problem("secret", Severity.WARNING, Span(start, value.end), message, (fix,), hidden=hidden)


def _is_secret(kind: Kind, match: re.Match[str]) -> bool:
    value = match["value"]
    if kind.name == "a JSON web token":
        return _is_header(value.partition(".")[0])
    if kind.name == "a private key":
        return not _EXAMPLE.search(value[:64]) and _is_random(value)
    if kind.name in _BY_LOT and not _is_mixed(value):
        return False
    return not _EXAMPLE.search(value) and _is_random(value)


def _is_header(part: str) -> bool:
    """Whether the first part of a token is JSON that names an algorithm."""
    import base64  # here, for most checks need neither
    import json

    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return False
    return isinstance(header, dict) and "alg" in header


def _is_mixed(value: str) -> bool:
    """Whether a value has small letters, capital letters and digits, as nobody's words have."""
    return bool(re.search("[a-z]", value) and re.search("[A-Z]", value) and len(re.findall("[0-9]", value)) > 1)


def _is_random(value: str) -> bool:
    """Whether the characters are as many and as evenly spread as those drawn by lot."""
    counts = Counter(value).values()
    entropy = -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
    return entropy >= min(3.4, 0.75 * math.log2(len(value))) and bool(re.search("[0-9]", value))
