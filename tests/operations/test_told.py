"""What is needed and given empty is refused by the operation, not lost on the way to it."""

from __future__ import annotations

import pytest

from tests.doing import Desk


@pytest.mark.parametrize(
    ("command", "message"),
    [("start ''", "no letter and no digit"), ("log ''", "the entry is empty"), ("task create ''", "say what is to be")],
)
def test_an_empty_text_is_refused(command: str, message: str):
    assert message in Desk().refused(command)
