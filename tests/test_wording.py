from datetime import date

from mdtm.wording import counted, day_in_words, short_duration


def test_one_thing_is_told_from_several():
    assert [counted(number, "box") for number in (0, 1, 2)] == ["0 boxes", "1 box", "2 boxes"]
    assert [counted(number, "task") for number in (1, 3)] == ["1 task", "3 tasks"]


def test_a_day_is_told_with_its_weekday():
    assert day_in_words(date(2025, 6, 5)) == "Thursday, 5 June 2025"


def test_a_short_duration_has_no_seconds():
    assert [short_duration(seconds) for seconds in (0, 59, 3_909, 360_000)] == ["0:00", "0:00", "1:05", "100:00"]
