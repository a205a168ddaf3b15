"""Patterns for paths mean what git's would."""

from __future__ import annotations

import pytest

from mdtm.globs import fault_of, matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("legacy", "legacy"), ("legacy", "a/legacy/b.md"), ("legacy/", "legacy/"), ("legacy/", "a/legacy/b/c.md"),
        ("*.draft.md", "x/y.draft.md"), ("docs/*", "docs/a/b.md"), ("docs/**", "docs/a/b.md"), ("**", "a/b.md"),
        ("docs/**/old-*.md", "docs/old-a.md"), ("docs/**/old-*.md", "docs/a/b/old-a.md"), ("/a.md", "a.md"),
        ("**/x/a.md", "x/a.md"), ("**/x/a.md", "q/r/x/a.md"), ("a?.md", "ab.md"), ("[ab].md", "b.md"),
        ("[!ab].md", "c.md"), ("a/**/", "a/b/c.md"), ("🟢/*.md", "🟢/a.md"), ("[", "["),
    ],
)  # fmt: skip
def test_a_pattern_means_a_path(pattern: str, path: str):
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("legacy/", "legacy"), ("legacy", "legacy2/a.md"), ("/a.md", "b/a.md"), ("docs/*.md", "docs/a/b.md"),
        ("docs/a.md", "x/docs/a.md"), ("docs/**", "docs2/a.md"), ("**/x/a.md", "qx/a.md"), ("a?.md", "a/.md"),
        ("[!ab].md", "b.md"), ("a.b", "axb"), ("*.md", "a.mdx"), ("[z-a]", "z"),
    ],
)  # fmt: skip
def test_a_pattern_does_not_mean_what_only_looks_like_it(pattern: str, path: str):
    assert not matches(pattern, path)


@pytest.mark.parametrize("pattern", ["", " ", "/", "!a", "a\\b", "../a", "C:/a", "~/a", "[z-a]"])
def test_a_pattern_that_can_mean_no_path_says_why(pattern: str):
    assert fault_of(pattern)


@pytest.mark.parametrize("pattern", ["a", "a/", "/a", "**/a..b", "[!a]*.md"])
def test_other_patterns_have_no_fault(pattern: str):
    assert fault_of(pattern) == ""
