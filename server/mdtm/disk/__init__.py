"""Reads files and folders, and writes plans: the only part that touches the disk."""

from mdtm.disk.files import decoded, read_bytes, read_document, read_settings, settings_layers, stamp_of
from mdtm.disk.folders import Folders
from mdtm.disk.lock import locked
from mdtm.disk.shipped import read_template, rule_page, template_path
from mdtm.disk.tree import Tree
from mdtm.disk.writing import write

__all__ = [
    "Folders", "Tree", "decoded", "locked", "read_bytes", "read_document", "read_settings", "read_template",
    "rule_page", "settings_layers", "stamp_of", "template_path", "write",
]  # fmt: skip
