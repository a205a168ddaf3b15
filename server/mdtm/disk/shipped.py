"""The files that come with mdtm: templates, and the pages of the rules."""

from __future__ import annotations

import functools
from pathlib import Path


def read_template(name: str) -> str:
    """The text of one of the templates that come with mdtm.

    Raises:
        FileNotFoundError: there is no such template.
    """
    return template_path(name).read_text(encoding="utf-8")


def template_path(name: str) -> Path:
    """The file of such a template.

    Raises:
        FileNotFoundError: there is no such template.
    """
    return _shipped("templates", name)


@functools.cache
def rule_page(code: str) -> Path | None:
    """The file of a rule's page, which lies beside the package or, in a checkout, in its docs."""
    try:
        return _shipped("rule_pages", f"{code}.md")
    except FileNotFoundError:
        return None


def _shipped(folder: str, name: str) -> Path:
    """A file that comes with mdtm: in the package when it is installed, elsewhere in a checkout."""
    package = Path(__file__).parent.parent
    checkout = package.parent.parent / {"templates": "templates", "rule_pages": "docs/rules"}[folder]
    for place in (package / folder / name, checkout / name):
        if place.is_file():
            return place
    raise FileNotFoundError(f"{folder}/{name} does not come with mdtm")
