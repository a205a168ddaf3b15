"""What tasks say of how long they should take, and took."""

from __future__ import annotations

import pytest

from mdtm.clock.estimate import Estimate, estimate_of, hours_in
from mdtm.document import Document


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8h", 8), ("3-4 hours", 4), ("~2 – 3 hrs", 3), ("90m", 1.5), ("1.5 hours", 1.5), ("40 hours", 40), ("1 to 2 h", 2),
        ("~15-20 minutes", 1 / 3), ("M", None), ("", None), ("2-3 weeks", None), ("5", None), ("3 points", None),
        ("4-6 hours per shop", None), ("8 hearts", None),
    ],
)  # fmt: skip
def test_an_effort_in_hours_or_minutes_is_an_estimate(text: str, hours: float | None):
    assert hours_in(text) == hours


@pytest.mark.parametrize(
    ("keys", "estimate"),
    [
        ("estimated_hours = 8\nactual_hours = 9.5", Estimate(8.0, 9.5)),
        ('estimated_hours = "8"\nestimated_effort = "3h"', Estimate(8.0, None)),
        ('estimated_effort = "3h"\nactual_hours = 0', Estimate(3.0, 0.0)),
        ('estimated_hours = true\nactual_hours = "soon"', Estimate(None, None)),
        ("estimated_hours = -1\nactual_hours = inf", Estimate(None, None)),
        ("estimated_hours = nan\nactual_hours = later", Estimate(None, None)),
        ("estimated_hours = [8]", Estimate(None, None)),
    ],
)
def test_what_is_no_number_of_hours_says_nothing(keys: str, estimate: Estimate):
    text = f'+++\nid = "TASK-API-1"\n{keys}\n+++\n'
    assert estimate_of(Document.read(".ruru/tasks/A/TASK-API-1.md", text).frontmatter) == estimate


def test_the_variance_is_in_percent_of_the_estimate():
    assert Estimate(8.0, 10.0).variance() == 25.0
    assert Estimate(8.0, 6.0).variance(99_999) == -25.0
    assert Estimate(1.0, None).variance(4000) == 11.1
    assert Estimate(1.0, None).variance() is None
    assert Estimate(0.0, 1.0).variance() is None
    assert Estimate(None, 1.0).variance() is None
