"""Lines, offsets and positions, in the three units that editors count in."""

from __future__ import annotations

import random

import pytest

from mdtm.text import Block, Encoding, Position, Span, Text, split_lines

PIECES = ["a", "b c", "\n", "\r", "\r\n", "🟢", "⏸️", "é", "\u2028", "\x85", "\x0c", "\ufeff"]
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def random_text(source: random.Random, most: int) -> str:
    return "".join(source.choices(PIECES, k=source.randrange(most)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a\n", ""]),
        ("a\r\nb\rc\n", ["a\r\n", "b\r", "c\n", ""]),
        ("a\u2028b\x0cc\x85d\n", ["a\u2028b\x0cc\x85d\n", ""]),
        ("\n\r", ["\n", "\r", ""]),
    ],
)
def test_a_line_ends_with_lf_crlf_or_cr_and_with_nothing_else(text: str, lines: list[str]):
    assert lines == split_lines(text)


@pytest.mark.parametrize(
    ("encoding", "column"),
    [("utf-8", 14), ("utf-16", 12), ("utf-32", 11)],
)
def test_a_green_circle_is_four_bytes_two_utf_16_units_and_one_code_point(encoding: Encoding, column: int):
    text = Text.of('x\nstatus = "🟢 Active"')

    assert Position(1, column) == text.position(2 + 11, encoding)
    assert text.offset(Position(1, column), encoding) == 2 + 11


def test_a_column_inside_a_character_is_the_characters_start():
    text = Text.of("🟢x")

    assert [text.offset(Position(0, column), "utf-16") for column in (0, 1, 2, 3)] == [0, 0, 1, 2]
    assert [text.offset(Position(0, column), "utf-8") for column in range(5)] == [0, 0, 0, 0, 1]


def test_positions_beyond_the_text_are_its_nearest_place():
    text = Text.of("ab\r\nc")

    assert text.offset(Position(0, 99), "utf-16") == 2
    assert text.offset(Position(9, 0), "utf-16") == 5
    assert text.offset(Position(-1, 3), "utf-16") == 0
    assert Position(1, 1) == text.position(99, "utf-16")


def test_every_offset_comes_back_from_its_position():
    source = random.Random(20250605)
    for _ in range(2000):
        plain = random_text(source, 40)
        text = Text.of(plain)
        offset = source.randrange(len(plain) + 1)
        if plain[offset - 1 : offset + 1] != "\r\n":
            for encoding in ENCODINGS:
                assert offset == text.offset(text.position(offset, encoding), encoding)


def test_an_edited_text_is_the_text_that_is_split_anew(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mdtm.text.LINES_PER_BLOCK", 4)
    source = random.Random(1)
    for _ in range(1500):
        plain = random_text(source, 40)
        text = Text.of(plain)
        for _ in range(5):
            start = source.randrange(len(plain) + 1)
            end = source.randrange(start, min(len(plain), start + 8) + 1)
            new = random_text(source, 5)
            plain = plain[:start] + new + plain[end:]
            text = text.replaced(Span(start, end), new)
            assert plain == str(text)
            assert split_lines(plain) == list(text.lines())
            assert len(plain) == len(text)
            assert plain[: len(plain) // 2] == text[Span(0, len(plain) // 2)]


def test_an_edit_shares_every_block_that_it_does_not_touch():
    text = Text.of("line\n" * 5000)

    edited = text.replaced(Span(12_000, 12_001), "🟢")

    new = set(edited.blocks) - set(text.blocks)
    assert len(new) == 1
    assert all(isinstance(block, Block) for block in new)


def test_typing_lines_at_one_place_does_not_splinter_the_text():
    text = Text.of("line\n" * 1000)
    for _ in range(1000):
        text = text.replaced(Span(2500, 2500), "typed\n")

    assert len(text.blocks) < 40
