"""Proposed edits: the files in which a change of another file waits for somebody's approval.

Source: session management V5, section 6. Such a file holds the whole text that its target shall have and the one
that it had, each with its hash, so that nothing is applied but what was proposed, to nothing but what it was for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mdtm.document import Document
from mdtm.files import Files, below
from mdtm.plan import Refused
from mdtm.verbatim import Kept, fenced_texts

TYPE = "proposed_edit"
PROPOSED, APPROVED, REJECTED = STATES = ("proposed", "approved", "rejected")
CHANGE, TEXT, BASE_TEXT = "Change", "Proposed text", "Text when it was proposed"
"""The headings of its parts, as in the template."""
LONGEST_NAME = 60
_NOT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed edit, read as far as it can be read."""

    document: Document
    target: str
    """The path of the file that shall change, from the workspace root."""
    base: str
    """The hash of the text that the change was made for; empty when the file was not there."""
    state: str
    parts: dict[str, Kept]
    """The texts in it by their headings."""

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def id(self) -> str:
        return self.document.name.removesuffix(".md")

    @property
    def text(self) -> str:
        """The text that the target shall have.

        Raises:
            Refused: it is not there, or is not what was proposed.
        """
        return self._kept(TEXT, self.document.frontmatter.text("proposed") or "")

    @property
    def base_text(self) -> str:
        """The text that the target had; empty when it was not there.

        Raises:
            Refused: it is not there any more, or was changed.
        """
        return self._kept(BASE_TEXT, self.base) if self.base and self.base != hash_of("") else ""

    def fits(self, now: str | None) -> bool:
        """Whether the change is for just the text that the target has now; None when it is not there."""
        return self.base == hash_of(now)

    def faults(self) -> Iterator[tuple[str, Kept | None]]:
        """The headings whose text is not there, or is not the one that the hashes are of, each with that text."""
        wanted = {TEXT: self.document.frontmatter.text("proposed") or ""}
        if self.base and self.base != hash_of(""):
            wanted[BASE_TEXT] = self.base
        for heading, own_hash in wanted.items():
            kept = self.parts.get(heading)
            if kept is None or hash_of(kept.text) != own_hash:
                yield heading, kept

    def _kept(self, heading: str, wanted: str) -> str:
        kept = self.parts.get(heading)
        if kept is None:
            raise Refused(f'{self.path} has no text under "{heading}"; propose the change again')
        if hash_of(kept.text) != wanted:
            raise Refused(
                f'the text under "{heading}" in {self.path} is not the one that was proposed, it was changed there; '
                "propose the new one with `mdtm proposal create`"
            )
        return kept.text


def read_proposal(document: Document) -> Proposal | None:
    """The proposal that a document holds; None when it is no proposed edit."""
    frontmatter = document.frontmatter
    target = frontmatter.text("target")
    if frontmatter.text("type") != TYPE or not target:
        return None
    base, state = frontmatter.text("base") or "", frontmatter.text("state") or ""
    return Proposal(document, target, base, state, fenced_texts(str(document.text)))


def proposals_in(files: Files, folder: str) -> Iterator[Proposal]:
    """The proposals in a session's folder, in the order of their names."""
    for name in sorted(below(files, folder)):
        if name.rpartition("/")[2].startswith(f"{TYPE}_") and name.endswith(".md"):
            path = f"{folder}/{name}"
            if proposal := read_proposal(Document.read(path, files.text(path) or "")):
                yield proposal


def possible(files: Files, document: Document) -> tuple[str, ...]:
    """The verbs that make sense for a document now, the most likely one first; none when it is no proposal."""
    proposal = read_proposal(document)
    if proposal is None:
        return ()
    if proposal.state != PROPOSED:
        return ("proposal.diff",)
    now = files.text(proposal.target)
    kept = proposal.parts.get(TEXT)
    done = kept is not None and kept.text == now
    return ("proposal.diff", "proposal.approve" if proposal.fits(now) or done else "proposal.rebase", "proposal.reject")


def about(proposal: Proposal) -> dict[str, object]:
    """A proposal as programs are told of it."""
    return {
        "proposal": proposal.path, "id": proposal.id, "target": proposal.target, "state": proposal.state,
    }  # fmt: skip


def hash_of(text: str | None) -> str:
    """The SHA-256 of a file's bytes, by its text; empty when there is no file."""
    from hashlib import sha256  # here, for few files have proposals

    return "" if text is None else sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_name(target: str, stamp: str) -> str:
    """The name of a new proposal's file, without its end."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", target.rpartition("/")[2])[-LONGEST_NAME:]
    return f"{TYPE}_{name}_{stamp}"


def inner_path(path: str) -> str:
    """A path of a target, in the one spelling that plans have.

    Raises:
        Refused: it leads where nothing may be proposed.
    """
    written = path.replace("\\", "/")
    parts = [part for part in written.split("/") if part not in ("", ".")]
    if not parts or written.startswith("/") or re.match(r"[A-Za-z]:", written) or ".." in parts:
        raise Refused(f"{path!r} is no path inside the workspace; name the file from the root of the workspace")
    if _NOT_IN_NAMES.search(path):
        raise Refused(f"{path!r} has a character that no file's name should have")
    if any(part.rstrip(". ").lower() in (".git", "git~1") for part in parts):
        raise Refused(f"{path} lies in .git, which is git's own; nothing is proposed there")
    return "/".join(parts)


def target_path(files: Files, path: str) -> str:
    """The same, of a file that may be changed as far as those that are there tell.

    Raises:
        Refused: nothing may be proposed there.
    """
    found = inner_path(path)
    folder, _, name = found.rpartition("/")
    there = files.files_in(folder)
    if name in files.folders_in(folder):
        raise Refused(f"{found} is a folder; a proposal is about one file")
    twin = next((other for other in there if other.lower() == name.lower()), name)
    if name not in there and twin != name:
        raise Refused(f"{found} differs only in case from {twin}, which is there; did you mean that?")
    files.check_place(found)
    return found
