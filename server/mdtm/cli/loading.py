"""Modules are loaded without a look again and again at all that is loaded already."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 1000
"""How many collections of younger garbage there are before one of all."""


@contextmanager
def loading() -> Iterator[None]:
    """What is loaded stays, so that looking for cycles in it would only take time, then and ever after."""
    usual = gc.get_threshold()
    gc.set_threshold(*usual[:2], SELDOM)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*usual)
