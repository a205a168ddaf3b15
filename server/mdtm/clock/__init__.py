"""The time that sessions took: read from their logs, counted in intervals, and summed up in sheets."""
