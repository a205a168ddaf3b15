"""The places of a file that change when something gets another name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mdtm.document import Document
from mdtm.features.names.meant import Thing, leads_to, places_in
from mdtm.features.names.mentions import Named, named_in
from mdtm.features.names.renaming import Renaming, encoded, respelled, with_new_ids
from mdtm.field_edit import set_text
from mdtm.fields import Edit
from mdtm.files import Files, exists
from mdtm.paths import inside, parent
from mdtm.plan import Refused, Replace, replaced
from mdtm.proposal_parts import renewed
from mdtm.proposals import PROPOSED, hash_of, read_proposal
from mdtm.proposals import TYPE as PROPOSED_EDIT
from mdtm.text import Span
from mdtm.verbatim import fenced_texts

_NUMBER = re.compile(r"\d+")
_QUOTE_OR_ESCAPE = re.compile(r"[\"\\]")


def changes_in(document: Document, renaming: Renaming, files: Files) -> list[Replace]:
    """What has to change in a file so that it names what it named; nothing but names does."""
    kept = _kept_texts(document)
    found = (*_paths(document, renaming, files), *_ids(document, renaming, files))
    edits = {span: new for span, new in found if not any(text.start <= span.start < text.end for text in kept)}
    if kept:
        edits.update(_waiting(document, renaming, files))
    old = {span: document.text[span] for span in edits}
    return [Replace(document.path, span, old[span], new) for span, new in sorted(edits.items()) if new != old[span]]


def _ids(document: Document, renaming: Renaming, files: Files) -> Iterator[Edit]:
    for kind, own_id, new in renaming.ids:
        for named in places_in(document, Thing(kind, own_id, ""), files):
            if named.kind != "file":
                number = kind == "sprint" and _NUMBER.fullmatch(document.text[named.span])
                yield Edit(named.span, new.removeprefix("SPRINT-") if number else new)


def _paths(document: Document, renaming: Renaming, files: Files) -> Iterator[Edit]:
    new_ids = renaming.new_ids
    for named in named_in(document):
        if named.kind == "file" and (base := _base(named, renaming, files)) is not None:
            written, target = document.text[named.span], inside(f"{base}/{named.name}") or ""
            here = base == document.folder  # which a file may leave that the folder stays
            new_base = parent(renaming.moved(document.path)) if here else renaming.moved(base)
            new_target = renaming.moved(target)
            if (new_base, new_target) != (base, target):
                new = respelled(written, base, target, new_base, new_target)
            else:
                new = written if exists(files, target) else with_new_ids(written, new_ids)
            if new != written:
                yield Edit(named.span, _fitting(document, named, new))


def _base(named: Named, renaming: Renaming, files: Files) -> str | None:
    """The folder that a path counts from: one from where it leads to something, or to something that is moved."""
    if not named.paths:
        return None
    meant = leads_to(named, files)
    if not exists(files, meant):
        meant = next((path for path in named.paths if renaming.moved(path) != path), meant)
    return next((base for base in named.bases if inside(f"{base}/{named.name}") == meant), None)


def _fitting(document: Document, named: Named, new: str) -> str:
    """A path as it can stand where another one did: in a link, or in quotes."""
    before = document.text[Span(max(0, named.span.start - 2), named.span.start)]
    if "%" in document.text[named.span] or before == "](":
        return encoded(new)
    in_frontmatter = named.span.start < document.frontmatter.content.end
    return _QUOTE_OR_ESCAPE.sub(r"\\\g<0>", new) if in_frontmatter and before.endswith('"') and '"' in new else new


def _kept_texts(document: Document) -> list[Span]:
    """The texts that a proposed edit keeps, of which it holds the hashes; in other files there are none."""
    if document.frontmatter.text("type") != PROPOSED_EDIT:
        return []
    return [kept.span for kept in fenced_texts(str(document.text)).values()]


def _waiting(document: Document, renaming: Renaming, files: Files) -> Iterator[Edit]:
    """The parts of an edit that waits for approval, when its target changes: it is for the text with the new names."""
    proposal = read_proposal(document)
    now = files.text(proposal.target) if proposal else None
    if proposal is None or now is None or proposal.state != PROPOSED or not proposal.fits(now):
        return
    try:
        texts = [_with_new_names(proposal.target, text, renaming, files) for text in (now, proposal.text)]
    except Refused:  # what was proposed is not there any more, which a finding tells
        return
    if texts != [now, proposal.text]:
        yield from renewed(replace(proposal, target=renaming.moved(proposal.target)), *texts)
        for key, text in zip(("base", "proposed"), texts, strict=True):
            if field := document.frontmatter.get(key):
                yield set_text(field, hash_of(text))


def _with_new_names(path: str, text: str, renaming: Renaming, files: Files) -> str:
    return replaced(text, changes_in(Document.read(path, text), renaming, files))
