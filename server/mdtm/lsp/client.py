"""What the client on the other side can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True)
class Client:
    """The capabilities that our answers depend on; a client that announces nothing has none."""

    pulls: bool = False
    """Whether it asks for diagnostics itself, so that none are to be pushed."""
    refreshes: bool = False
    versions_edits: bool = False
    resolves_edits: bool = False
    has_settings: bool = False
    registers_settings: bool = False
    registers_watchers: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Client:
        def has(path: str) -> bool:
            return bool(get_capability(capabilities, path, False))

        resolved: Any = get_capability(capabilities, "text_document.code_action.resolve_support.properties", ())
        return cls(
            pulls=has("text_document.diagnostic"),
            refreshes=has("workspace.diagnostics.refresh_support"),
            versions_edits=has("workspace.workspace_edit.document_changes"),
            resolves_edits="edit" in resolved and has("text_document.code_action.data_support"),
            has_settings=has("workspace.configuration"),
            registers_settings=has("workspace.did_change_configuration.dynamic_registration"),
            registers_watchers=has("workspace.did_change_watched_files.dynamic_registration"),
        )
