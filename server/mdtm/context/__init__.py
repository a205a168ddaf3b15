"""The context of a session, which says what is worked on: as a value, and in the session's log."""
