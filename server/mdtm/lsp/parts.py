"""All that the server can be asked, gathered from the parts that answer it."""

from __future__ import annotations

from mdtm.lsp import (
    asked,
    completion,
    formatting,
    hierarchy,
    hints,
    hover,
    lenses,
    links,
    moving,
    navigation,
    outline,
    ranges,
    renaming,
    session_actions,
    signature,
    symbols,
    tokens,
)

PARTS = (
    asked,
    completion,
    formatting,
    hierarchy,
    hints,
    hover,
    lenses,
    links,
    moving,
    navigation,
    outline,
    ranges,
    renaming,
    session_actions,
    signature,
    symbols,
    tokens,
)
FEATURES = tuple(feature for part in PARTS for feature in part.FEATURES)
