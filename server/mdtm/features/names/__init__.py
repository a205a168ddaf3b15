"""What names what: ids and paths in a text, what they mean, and how they are spelled when that has another name."""
