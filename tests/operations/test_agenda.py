"""What is at hand on a day or in a week."""

from __future__ import annotations

from datetime import timedelta

from tests.doing import Desk


def begun() -> Desk:
    desk = Desk()
    desk.do("start 'Bake rye'")
    desk.do("task create 'Mix the dough' --type chore")
    return desk


def test_the_agenda_tells_the_sessions_at_hand_with_their_time_and_the_open_tasks():
    desk = begun()
    told = desk.do("agenda")
    day = f"{desk.now:%Y-%m-%d}"
    assert told.text.startswith(f"Agenda of {day}\n")
    assert "  Bake rye  🟢 Active, 0:02:00 at work  SESSION-Bake_rye-" in told.text
    assert "  Mix the dough  🟡 To Do" in told.text
    assert (told.data["since"], told.data["until"], told.plan) == (day, day, ())


def test_the_task_that_somebody_works_on_comes_first():
    desk = begun()
    first = desk.do("agenda").data["tasks"][0]["task"]
    second = desk.do("task create 'Knead' --type feature --to zoe").data["task"]
    desk.do(f"task activate {second}")
    assert [one["task"] for one in desk.do("agenda").data["tasks"]] == [second, first]
    desk.do(f"task activate {first}")
    assert desk.do("agenda").data["tasks"][0]["task"] == first


def test_a_week_goes_from_monday_to_sunday():
    desk = begun()
    told = desk.do("agenda week").data
    monday = desk.now.date() - timedelta(days=desk.now.weekday())
    assert (told["since"], told["until"]) == (monday.isoformat(), (monday + timedelta(days=6)).isoformat())


def test_a_day_is_that_of_the_zone():
    desk = begun()
    desk.now = desk.now.replace(hour=23)
    assert desk.do("agenda --zone UTC+05:00").data["since"] == (desk.now.date() + timedelta(days=1)).isoformat()


def test_a_session_that_is_over_is_told_of_only_where_it_took_time():
    desk = begun()
    desk.do("complete 'baked'")
    assert [one["title"] for one in desk.do("agenda").data["sessions"]] == ["Bake rye"]
    desk.now += timedelta(days=2)
    assert desk.do("agenda").data["sessions"] == []


def test_an_empty_workspace_has_nothing_at_hand():
    assert Desk().do("agenda").text.endswith("Sessions:\n  none is active or paused\n\nOpen tasks:\n  none")


def test_a_zone_that_does_not_exist_is_refused():
    assert "Mars" in Desk().refused("agenda today --zone Mars")
