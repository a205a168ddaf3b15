"""What an editor may ask of a document: one question in each file."""
