"""What the client on the other side can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability

LINKING = {
    types.TEXT_DOCUMENT_DEFINITION: "definition",
    types.TEXT_DOCUMENT_DECLARATION: "declaration",
    types.TEXT_DOCUMENT_TYPE_DEFINITION: "type_definition",
}
"""The methods whose answers may be links, and where a client says so."""


@dataclass(frozen=True, slots=True)
class Client:
    """The capabilities that our answers depend on; a client that announces nothing has none."""

    pulls: bool = False
    """Whether it asks for diagnostics itself, so that none are to be pushed."""
    refreshes: bool = False
    versions_edits: bool = False
    takes_snippets: bool = False
    """Whether an edit may have a place in it that is selected for a person to fill in."""
    resolves_edits: bool = False
    has_settings: bool = False
    registers_settings: bool = False
    registers_watchers: bool = False
    shows_documents: bool = False
    shows_markdown: bool = False
    """Whether what it shows at the pointer may be Markdown."""
    nests_symbols: bool = False
    """Whether the symbols of a document may lie in each other."""
    tags_symbols: bool = False
    resolves_places: bool = False
    """Whether it asks for the place of a symbol of the workspace when somebody wants to go there."""
    most_folds: int = 0
    """How many folding ranges it takes at most; 0 for any number."""
    completes_snippets: bool = False
    completes_markdown: bool = False
    """Whether what is told of an offer may be Markdown."""
    signs_markdown: bool = False
    """Whether what is told of the parts of an entry may be."""
    shows_label_details: bool = False
    """Whether what is offered to a writer may say more beside its label than one line behind it."""
    formats_ranges: bool = False
    """Whether it has several stretches of a file formatted at once (LSP 3.18)."""
    file_operations: frozenset[str] = frozenset()
    """What an edit may do with files: "create", "rename", "delete"."""
    annotates: bool = False
    """Whether an edit may say what its parts are for, and which of them a person shall see before."""
    links: frozenset[str] = frozenset()
    """The methods whose answers may tell where a link began, such as "textDocument/definition"."""
    prepares_renames: bool = False
    shows_tooltips: bool = False
    """Whether it shows what a link leads to."""
    asks: bool = False
    """Whether it asks for a text that a command needs; LSP has no way to, so it says so in its options."""
    has_commands: bool = False
    """Whether the commands are its own, which it hands on to us, so that they are not announced."""

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities, options: Any = None) -> Client:
        def has(path: str) -> bool:
            return bool(get_capability(capabilities, path, False))

        said = options if isinstance(options, Mapping) else {}
        operations: Any = get_capability(capabilities, "workspace.workspace_edit.resource_operations", ())
        formats: Any = get_capability(capabilities, "text_document.hover.content_format", ())
        told: Any = get_capability(capabilities, "text_document.completion.completion_item.documentation_format", ())
        signed: Any = get_capability(
            capabilities, "text_document.signature_help.signature_information.documentation_format", ()
        )
        resolved: Any = get_capability(capabilities, "text_document.code_action.resolve_support.properties", ())
        located: Any = get_capability(capabilities, "workspace.symbol.resolve_support.properties", ())
        tags: Any = get_capability(capabilities, "text_document.document_symbol.tag_support.value_set", ())
        folds: Any = get_capability(capabilities, "text_document.folding_range.range_limit", 0)
        return cls(
            nests_symbols=has("text_document.document_symbol.hierarchical_document_symbol_support"),
            tags_symbols=bool(tags),
            resolves_places="location.range" in (located or ()),
            most_folds=folds or 0,
            pulls=has("text_document.diagnostic"),
            refreshes=has("workspace.diagnostics.refresh_support"),
            versions_edits=has("workspace.workspace_edit.document_changes"),
            takes_snippets=has("workspace.workspace_edit.snippet_edit_support"),
            resolves_edits="edit" in resolved and has("text_document.code_action.data_support"),
            has_settings=has("workspace.configuration"),
            registers_settings=has("workspace.did_change_configuration.dynamic_registration"),
            registers_watchers=has("workspace.did_change_watched_files.dynamic_registration"),
            shows_documents=has("window.show_document.support"),
            shows_markdown=types.MarkupKind.Markdown in (formats or ()),
            completes_snippets=has("text_document.completion.completion_item.snippet_support"),
            completes_markdown=types.MarkupKind.Markdown in (told or ()),
            signs_markdown=types.MarkupKind.Markdown in (signed or ()),
            shows_label_details=has("text_document.completion.completion_item.label_details_support"),
            formats_ranges=has("text_document.range_formatting.ranges_support"),
            file_operations=frozenset(str(getattr(kind, "value", kind)) for kind in operations or ()),
            annotates=has("workspace.workspace_edit.change_annotation_support"),
            links=frozenset(method for method, name in LINKING.items() if has(f"text_document.{name}.link_support")),
            prepares_renames=has("text_document.rename.prepare_support"),
            shows_tooltips=has("text_document.document_link.tooltip_support"),
            asks=bool(said.get("asks")),
            has_commands=bool(said.get("hasCommands")),
        )
