"""Every form in which a sheet of times can be given; each is a file that is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

from mdtm.clock.timesheet import Timesheet

FORMATS = ("text", "markdown", "csv", "json", "ical", "svg")
"""Their names, which are those of the files as well."""


def written(form: str, sheet: Timesheet) -> str:
    """A sheet in one of the FORMATS."""
    text: str = import_module(f"{__name__}.{form}").written(sheet)
    return text
