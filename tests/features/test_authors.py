"""Who is an agent, by the name."""

from __future__ import annotations

import pytest

from mdtm.features.authors import is_agent


@pytest.mark.parametrize("name", ["dev-api", "roo-commander", "lead-db", "🤖 AI:react-specialist", "agent:claude"])
def test_modes_and_names_that_say_so_are_agents(name: str):
    assert is_agent(name)


@pytest.mark.parametrize("name", ["", "jane", "Jane Doe", "🧑‍💻 User:dev-jane", "jean-luc", "👥 Team:Backend", ":"])
def test_all_others_are_people(name: str):
    assert not is_agent(name)
