"""How numbers, days and stretches of time are put in words."""

from __future__ import annotations

from datetime import date


def counted(number: int, what: str) -> str:
    """A number of things, such as "1 task" or "2 boxes"."""
    return f"{number} {what}" + ("" if number == 1 else "es" if what.endswith("x") else "s")


def day_in_words(day: date) -> str:
    """A day with its weekday, such as "Thursday, 5 June 2025"."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def short_duration(seconds: int) -> str:
    """Hours and minutes, such as 1:05."""
    minutes = seconds // 60
    return f"{minutes // 60}:{minutes % 60:02}"
