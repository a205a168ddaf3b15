"""The language server: the wall between mdtm and editors."""
