"""A sheet as one JSON object: the same that `--json` tells."""

from __future__ import annotations

import json

from mdtm.clock.sheet_parts import data_of
from mdtm.clock.timesheet import Timesheet


def written(sheet: Timesheet) -> str:
    return json.dumps(data_of(sheet), indent=2, ensure_ascii=False)
