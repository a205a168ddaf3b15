"""Values such as "🟢 Done", which are a sign and a word: how they are compared."""

from __future__ import annotations

import re

VARIATION_SELECTOR = "\ufe0f"
"""An invisible character behind a sign, which asks for its colourful form."""
WORDS = re.compile(r"[A-Za-z][A-Za-z ]*[A-Za-z]|[A-Za-z]")


def bare(label: str) -> str:
    """A label without variation selectors, which nobody sees."""
    return label.replace(VARIATION_SELECTOR, "")


def sign_of(label: str) -> str:
    """The emoji that a label begins with, without variation selectors; empty when it begins with a word."""
    first = bare(label).split(" ")[0]
    return "" if first.isascii() else first


def word_of(label: str) -> str:
    """The words of a label in small letters: `🔵 In Progress` is "in progress"."""
    return " ".join(WORDS.findall(label)).lower()


def selector_message(right: str, label: str) -> str:
    """What to say of a label that differs from the right one only in variation selectors."""
    if VARIATION_SELECTOR in label and VARIATION_SELECTOR not in right:
        return f'"{right}" is written without the variation selector U+FE0F'
    return f'"{right}" is written with the variation selector U+FE0F'
