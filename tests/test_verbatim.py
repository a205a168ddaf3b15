"""A text in a fence comes back as it was, to the character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdtm.verbatim import fenced, fenced_texts

TEXTS = st.text(st.sampled_from("a`~# \t\r\n+-é🟢\u2028\x0c\ufeff\0"), max_size=60)
NEWLINES = st.sampled_from(["\n", "\r\n"])


def document_of(text: str, newline: str) -> str:
    parts = ["# Two texts", "## One", fenced("other", "text", newline), "## Two", fenced(text, "md", newline), ""]
    return (newline * 2).join(parts)


@given(TEXTS, NEWLINES)
def test_every_text_comes_back(text: str, newline: str):
    markdown = document_of(text, newline)
    found = fenced_texts(markdown)
    assert found["Two"].text == text
    assert found["One"].text == "other"
    start, end = found["Two"].span
    assert markdown[start:end] == fenced(text, "md", newline)


@given(TEXTS, NEWLINES, NEWLINES)
def test_a_text_with_one_kind_of_line_ends_comes_back_when_the_file_gets_others(text: str, newline: str, other: str):
    text = re.sub(r"\r\n?|\n", newline, text)
    markdown = re.sub(r"\r\n?|\n", other, document_of(text, "\n"))
    assert fenced_texts(markdown)["Two"].text == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", "```py\n```"),
        ("a\n", "```py\na\n```"),
        ("a", "```py unfinished\na\n```"),
        ("\n", "```py\n\n```"),
        ("a\r\nb\r\n", "```py crlf\na\nb\n```"),
        ("a\rb", "```py cr unfinished\na\nb\n```"),
        ("a\r\nb\nc", "```py mixed unfinished\na\r\nb\nc\n```"),
        ("```\n````\n", "`````py\n```\n````\n`````"),
        ("🟢\u2028\n", "```py\n🟢\u2028\n```"),
    ],
)
def test_this_is_how_it_is_written(text: str, written: str):
    assert fenced(text, "py", "\n") == written


def test_a_fence_that_is_not_closed_holds_no_text():
    assert fenced_texts("## One\n\n```py\na\n") == {}


def test_the_language_is_no_word_about_line_ends():
    assert fenced_texts("## One\n\n```cr\na\n```\n")["One"].text == "a\n"
