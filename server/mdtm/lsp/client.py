"""What the client on the other side can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability

REFRESHES = {
    types.WORKSPACE_DIAGNOSTIC_REFRESH: "workspace.diagnostics",
    types.WORKSPACE_CODE_LENS_REFRESH: "workspace.code_lens",
    types.WORKSPACE_INLAY_HINT_REFRESH: "workspace.inlay_hint",
    types.WORKSPACE_SEMANTIC_TOKENS_REFRESH: "workspace.semantic_tokens",
    types.WORKSPACE_FOLDING_RANGE_REFRESH: "workspace.folding_range",
}
"""The requests that ask a client to ask again, and where it says that it can be asked so."""
LINKING = {
    types.TEXT_DOCUMENT_DEFINITION: "definition",
    types.TEXT_DOCUMENT_DECLARATION: "declaration",
    types.TEXT_DOCUMENT_TYPE_DEFINITION: "type_definition",
}
"""The methods whose answers may be links, and where a client says so."""
_FLAGS = {
    "nests_symbols": "text_document.document_symbol.hierarchical_document_symbol_support",
    "pulls": "text_document.diagnostic",
    "versions_edits": "workspace.workspace_edit.document_changes",
    "takes_snippets": "workspace.workspace_edit.snippet_edit_support",
    "has_settings": "workspace.configuration",
    "registers_settings": "workspace.did_change_configuration.dynamic_registration",
    "registers_watchers": "workspace.did_change_watched_files.dynamic_registration",
    "shows_progress": "window.work_done_progress",
    "shows_documents": "window.show_document.support",
    "shows_views": "workspace.text_document_content",
    "completes_snippets": "text_document.completion.completion_item.snippet_support",
    "shows_label_details": "text_document.completion.completion_item.label_details_support",
    "formats_ranges": "text_document.range_formatting.ranges_support",
    "annotates": "workspace.workspace_edit.change_annotation_support",
    "prepares_renames": "text_document.rename.prepare_support",
    "shows_tooltips": "text_document.document_link.tooltip_support",
}
"""The fields that say yes or no, each with the capability that does."""
_LISTS: dict[str, tuple[str, object]] = {
    "resolves_edits": ("text_document.code_action.resolve_support.properties", "edit"),
    "resolves_places": ("workspace.symbol.resolve_support.properties", "location.range"),
    "marks_generated": ("text_document.code_action.tag_support.value_set", types.CodeActionTag.LlmGenerated),
    "shows_markdown": ("text_document.hover.content_format", types.MarkupKind.Markdown),
    "completes_markdown": ("text_document.completion.completion_item.documentation_format", types.MarkupKind.Markdown),
    "signs_markdown": (
        "text_document.signature_help.signature_information.documentation_format", types.MarkupKind.Markdown,
    ),
}  # fmt: skip
"""The others that do, each with the capability that is a list, and what must be in it."""


@dataclass(frozen=True, slots=True)
class Client:
    """The capabilities that our answers depend on; a client that announces nothing has none."""

    pulls: bool = False
    """Whether it asks for diagnostics itself, so that none are to be pushed."""
    refreshes: frozenset[str] = frozenset()
    """The requests by which it can be asked to ask again for what it shows, such as "workspace/codeLens/refresh"."""
    versions_edits: bool = False
    """Whether an edit may be in steps, with versions; Neovim says so only by what those may do with files."""
    takes_snippets: bool = False
    """Whether an edit may have a place in it that is selected for a person to fill in."""
    resolves_edits: bool = False
    has_settings: bool = False
    registers_settings: bool = False
    registers_watchers: bool = False
    shows_progress: bool = False
    shows_documents: bool = False
    shows_views: bool = False
    """Whether it shows texts that are in no file and that it asks us for (LSP 3.18)."""
    marks_generated: bool = False
    """Whether it shows of a code action that an agent made what it does (LSP 3.18)."""
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
        def told(path: str) -> Any:
            return get_capability(capabilities, path, None)

        said = options if isinstance(options, Mapping) else {}
        flags = {name: bool(told(path)) for name, path in _FLAGS.items()}
        flags |= {name: wanted in (told(path) or ()) for name, (path, wanted) in _LISTS.items()}
        flags["resolves_edits"] &= bool(told("text_document.code_action.data_support"))
        operations = told("workspace.workspace_edit.resource_operations") or ()
        flags["versions_edits"] |= bool(operations)
        return cls(
            **flags,
            tags_symbols=bool(told("text_document.document_symbol.tag_support.value_set")),
            most_folds=told("text_document.folding_range.range_limit") or 0,
            refreshes=frozenset(method for method, path in REFRESHES.items() if told(f"{path}.refresh_support")),
            file_operations=frozenset(str(getattr(kind, "value", kind)) for kind in operations),
            links=frozenset(method for method, name in LINKING.items() if told(f"text_document.{name}.link_support")),
            asks=bool(said.get("asks")),
            has_commands=bool(said.get("hasCommands")),
        )
