"""Completion: what may be written where somebody writes, and what can be told of it."""

from __future__ import annotations

from lsprotocol import types

from mdtm.features.cards import card_of
from mdtm.features.completions import MOST, NOTHING, About, Offer, Surroundings, offers
from mdtm.features.meanings import event_meaning, key_meaning, value_meaning
from mdtm.features.names.mentions import Named
from mdtm.features.names.words import Kind
from mdtm.lsp import convert
from mdtm.lsp.desk import OpenFile
from mdtm.lsp.feature import Feature, Request
from mdtm.lsp.looking import look_around
from mdtm.lsp.markup import markup, page_link
from mdtm.lsp.state import Server
from mdtm.text import Span

OPTIONS = types.CompletionOptions(trigger_characters=["-", "[", '"', "'", "`", "(", "/", "="], resolve_provider=True)
_KINDS = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "task": types.CompletionItemKind.Reference,
    "session": types.CompletionItemKind.Reference,
    "sprint": types.CompletionItemKind.Reference,
    "file": types.CompletionItemKind.File,
    "folder": types.CompletionItemKind.Folder,
    "actor": types.CompletionItemKind.Constant,
    "tag": types.CompletionItemKind.Keyword,
    "time": types.CompletionItemKind.Value,
    "entry": types.CompletionItemKind.Snippet,
}

_NAMED: dict[str, Kind] = {"task": "task", "session": "session", "sprint": "sprint"}


async def completions(server: Server, file: OpenFile, params: types.CompletionParams) -> types.CompletionList:
    """What may be written; a list with times in it, or one that is cut, is made anew while one types."""
    document, encoding = file.document, server.desk.encoding
    at = server.occasion(file)
    await look_around(server, file)
    offset = convert.our_offset(document, params.position, encoding)
    around = Surroundings(at.files, file.folder.workspace.trace, file.folder.uses, at.now, at.actor)
    found = offers(document, offset, around)
    again = len(found) >= MOST or any(offer.kind in ("entry", "folder") for offer in found)
    items = [_item(server, file, number, offer) for number, offer in enumerate(found)]
    return types.CompletionList(is_incomplete=again, items=items)


def _item(server: Server, file: OpenFile, number: int, offer: Offer) -> types.CompletionItem:
    client = server.client
    fills = bool(offer.snippet) and client.completes_snippets
    edit = offer.edit._replace(new=offer.snippet) if fills else offer.edit
    labelled = client.shows_label_details and bool(offer.note or offer.detail)
    return types.CompletionItem(
        label=offer.label,
        label_details=types.CompletionItemLabelDetails(f" {offer.note}" if offer.note else None, offer.detail or None)
        if labelled
        else None,
        kind=_KINDS[offer.kind],
        detail=None if labelled else " ".join(filter(None, (offer.note, offer.detail))) or None,
        sort_text=f"{number:04}",
        filter_text=offer.filter,
        insert_text_format=types.InsertTextFormat.Snippet if fills else None,
        text_edit=convert.lsp_edits(file.document, [edit], server.desk.encoding)[0],
        data=[file.uri, *offer.about] if offer.about[0] else None,
    )


async def resolved(server: Server, item: types.CompletionItem) -> types.CompletionItem:
    """The item with what there is to tell of it."""
    uri, *about = map(str, item.data) if isinstance(item.data, list) else ("",)
    file = server.desk.files.get(uri)
    text = ""
    if file and len(about) == len(NOTHING):
        if about[0] in _NAMED:
            await look_around(server, file)
        text = _told(server, file, About(*about))
    if text:
        item.documentation = markup(text, server.client.completes_markdown)
    return item


def _told(server: Server, file: OpenFile, about: About) -> str:
    kind, name, key = about
    tables = tuple(key.split(".")) if key else ()
    if kind == "key":
        return key_meaning(file.document, (*tables, name)) + page_link(name)
    if kind == "value":
        return value_meaning(file.document, tables, name)
    if kind == "event":
        return event_meaning(name)
    at, trace = server.occasion(file), file.folder.workspace.trace
    named = Named(_NAMED.get(kind, "file"), name, Span(0, 0), bases=("",))
    return card_of(named, at.files, trace, at.now, file.folder.uses)


FEATURES = (
    Feature(types.TEXT_DOCUMENT_COMPLETION, completions, OPTIONS),
    Request(types.COMPLETION_ITEM_RESOLVE, resolved),
)
