"""The steps of plans that several operations share: how a session, its log, its context or a task is changed."""
